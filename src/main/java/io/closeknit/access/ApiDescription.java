package io.closeknit.access;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.info.Info;
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
                            .description("E-mail and password. Each call costs a password hash: programs use tokens."));
            api.setComponents(components);
            api.addSecurityItem(new SecurityRequirement().addList("token"));
            api.addSecurityItem(new SecurityRequirement().addList("password"));
        };
    }
}
