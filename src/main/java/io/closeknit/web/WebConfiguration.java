package io.closeknit.web;

import io.closeknit.access.Audit;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Settings of the web layer that are no properties. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private final ObjectProvider<Audit> audit;

    WebConfiguration(ObjectProvider<Audit> audit) {
        this.audit = audit;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        audit.ifAvailable(trail -> registry.addInterceptor(new AuditTrail(trail)));
        registry.addInterceptor(new TextCheck());
        registry.addInterceptor(new ParameterCheck());
        registry.addInterceptor(new SwaggerPolicy()).addPathPatterns("/swagger-ui/**");
    }

    /** The time, for every rule that asks for it; tests put their own before it with {@code @Primary}. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
