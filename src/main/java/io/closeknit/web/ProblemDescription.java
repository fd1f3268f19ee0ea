package io.closeknit.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds the problems that every call can be answered with to the description of the API. */
@Configuration(proxyBeanMethods = false)
class ProblemDescription {
    private static final String PROBLEM = "Problem";

    @Bean
    GlobalOpenApiCustomizer problemsOfEveryCall() {
        return api -> {
            if (api.getPaths() == null) {
                return;
            }
            describeProblem(api);
            api.getPaths()
                    .forEach((path, item) ->
                            item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
        };
    }

    private static void describeProblem(OpenAPI api) {
        var error = new ObjectSchema()
                .addProperty("field", new StringSchema().description("The path, such as accounts[0].engagementRate"))
                .addProperty("reason", new StringSchema().description("What is wrong and what to do"));
        Schema<?> problem = new ObjectSchema()
                .description("RFC 9457 problem details")
                .addProperty("type", new StringSchema().format("uri").example("urn:closeknit:problem:unacceptable"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("A sentence for a person"))
                .addProperty("instance", new StringSchema().format("uri"))
                .addProperty("errors", new ArraySchema().items(error));
        api.schema(PROBLEM, problem);
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        var changes = method == HttpMethod.PUT || method == HttpMethod.DELETE;
        if (method != HttpMethod.GET && method != HttpMethod.DELETE) {
            add(operation, "400", "unreadable: no JSON, with line and column");
            add(operation, "413", "too-large");
            add(operation, "415", "unsupported-media-type");
        }
        add(operation, "401", "unauthorized: no token, or one that is not valid");
        add(operation, "403", "forbidden: the role does not allow it");
        if (path.contains("{")) {
            add(operation, "404", "not-found, also for another workspace's things");
        }
        if (changes) {
            add(operation, "409", "stale or taken: somebody else was faster, with what is there now");
            add(operation, "428", "precondition-required: send If-Match");
        }
        add(operation, "422", "unacceptable: errors[] names field and reason; also for unknown fields and parameters");
        add(operation, "500", "internal: logged, says nothing of the inside");
    }

    /** What the handler says itself stays. */
    private static void add(Operation operation, String status, String description) {
        if (operation.getResponses().containsKey(status)) {
            return;
        }
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description(description)
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(new Schema<>()
                                                                .$ref("#/components/schemas/" + PROBLEM)))));
    }
}
