package io.closeknit.access;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the description of the API what it is called and how programs sign in. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    @Bean
    GlobalOpenApiCustomizer howToSignIn() {
        return api -> {
            api.setInfo(new Info()
                    .title("Closeknit")
                    .version("v1")
                    .description(
                            "Ranks creators by how well their audience fits a brand, and says why. The pages and this"
                                    + " API call the same services. Errors are problem details (RFC 9457)."));
            var components = api.getComponents() == null ? new Components() : api.getComponents();
            components.addSecuritySchemes(
                    "token",
                    new SecurityScheme()
                            .type(SecurityScheme.Type.HTTP)
                            .scheme("bearer")
                            .description("A personal token, made on the account page or with POST /api/v1/tokens."));
            components.addSecuritySchemes(
                    "password",
                    new SecurityScheme()
                            .type(SecurityScheme.Type.HTTP)
                            .scheme("basic")
                            .description("E-mail and password; the header " + WorkspaceHeader.NAME
                                    + " says in which workspace."
                                    + " Each call costs a password hash: programs use tokens."));
            components.addParameters(
                    WorkspaceHeader.NAME,
                    new HeaderParameter()
                            .name(WorkspaceHeader.NAME)
                            .required(false)
                            .schema(new StringSchema())
                            .description(
                                    "With e-mail and password: the id or the name of the workspace to work in; without"
                                            + " it the first one that the person belongs to. A token is for one workspace, and"
                                            + " any other one is answered with 404."));
            api.setComponents(components);
            if (api.getPaths() != null) {
                api.getPaths().values().stream()
                        .flatMap(path -> path.readOperations().stream())
                        .forEach(operation -> operation.addParametersItem(
                                new Parameter().$ref("#/components/parameters/" + WorkspaceHeader.NAME)));
            }
            api.addSecurityItem(new SecurityRequirement().addList("token"));
            api.addSecurityItem(new SecurityRequirement().addList("password"));
        };
    }
}
