package io.closeknit.access;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who gets in where. Five chains, the first that matches a path decides: static files, the API, the actuator, the
 * description of the API, and all else: pages.
 */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
@EnableConfigurationProperties(AccessProperties.class)
class SecurityConfiguration {
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; "
            + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    static RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.fromHierarchy(
                "ROLE_ADMIN > ROLE_AGENCY\nROLE_AGENCY > ROLE_MARKETER\nROLE_MARKETER > ROLE_VIEWER");
    }

    @Bean
    AuthenticationManager authenticationManager(PasswordSignIn passwords) {
        return new ProviderManager(passwords);
    }

    @Bean
    StandingFilter standingFilter(StandingReader people, Sessions sessions) {
        return new StandingFilter(people, sessions);
    }

    /** A part of our chains only, not a filter of the container as well. */
    @Bean
    FilterRegistrationBean<StandingFilter> standingFilterIsOursAlone(StandingFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    /** Static files: public, without a session, and cached as the resource handler says. */
    @Bean
    @Order(1)
    SecurityFilterChain staticFiles(HttpSecurity http) throws Exception {
        return http.securityMatcher(new StaticFiles())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .headers(headers -> {
                    common(headers);
                    headers.cacheControl(cache -> cache.disable());
                })
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .securityContext(context -> context.disable())
                .sessionManagement(session -> session.disable())
                .build();
    }

    /** The API: no cookie is read, hence no CSRF token is needed. */
    @Bean
    @Order(2)
    SecurityFilterChain api(
            HttpSecurity http,
            ApiProblems problems,
            PersonalTokens tokens,
            Allowances allowances,
            StandingReader people)
            throws Exception {
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, ViewerAddresses.API_READ)
                        .authenticated()
                        .requestMatchers(ViewerAddresses.API_OWN)
                        .authenticated()
                        .anyRequest()
                        .hasRole("MARKETER"))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .addFilterBefore(new PersonalTokenFilter(tokens, allowances, problems), BasicAuthenticationFilter.class)
                .addFilterAfter(new WorkspaceHeader(people, problems), BasicAuthenticationFilter.class)
                .addFilterAfter(new ReadOnlyTokens(problems), WorkspaceHeader.class)
                .addFilterAfter(new ApiAllowance(allowances, problems), WorkspaceHeader.class)
                .exceptionHandling(on -> on.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .headers(SecurityConfiguration::common)
                .build();
    }

    /** Health for whoever asks, such as a load balancer; everything else for admins, signed in or as on the API. */
    @Bean
    @Order(3)
    SecurityFilterChain actuator(
            HttpSecurity http,
            ApiProblems problems,
            PersonalTokens tokens,
            Allowances allowances,
            StandingFilter standing)
            throws Exception {
        return http.securityMatcher("/actuator/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health", "/actuator/health/**")
                        .permitAll()
                        .dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .hasRole("ADMIN"))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .addFilterBefore(new PersonalTokenFilter(tokens, allowances, problems), BasicAuthenticationFilter.class)
                .exceptionHandling(on -> on.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .addFilterAfter(standing, SecurityContextHolderFilter.class)
                .headers(SecurityConfiguration::common)
                .build();
    }

    /** The description of the API: for people who have signed in, and for programs that fetch it as they call the API. */
    @Bean
    @Order(4)
    SecurityFilterChain descriptionOfTheApi(
            HttpSecurity http,
            ApiProblems problems,
            PersonalTokens tokens,
            Allowances allowances,
            StandingFilter standing)
            throws Exception {
        return http.securityMatcher("/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml")
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .addFilterBefore(new PersonalTokenFilter(tokens, allowances, problems), BasicAuthenticationFilter.class)
                .exceptionHandling(on -> on.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .addFilterAfter(standing, SecurityContextHolderFilter.class)
                .headers(SecurityConfiguration::common)
                .build();
    }

    /** Pages: a session cookie, and a CSRF token with every change. */
    @Bean
    @Order(5)
    SecurityFilterChain pages(HttpSecurity http, SignInHandlers signIn, OpenIdSignIn openId, StandingFilter standing)
            throws Exception {
        if (openId.configured()) {
            http.oauth2Login(provider -> provider.loginPage("/sign-in")
                    .authorizedClientRepository(new OpenIdSignIn.Forgetful())
                    .authorizationEndpoint(
                            endpoint -> endpoint.authorizationRequestRepository(new OpenIdSignIn.Remembering()))
                    .successHandler(openId::succeeded)
                    .failureHandler(openId::failed));
        }
        return http.authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers("/sign-in", "/sign-in/code", "/link/*", "/forgotten")
                                .permitAll()
                                .requestMatchers(HttpMethod.GET, ViewerAddresses.READ)
                                .authenticated()
                                .requestMatchers(ViewerAddresses.OWN)
                                .authenticated()
                                .anyRequest()
                                .hasRole("MARKETER"))
                .formLogin(form -> form.loginPage("/sign-in")
                        .usernameParameter("email")
                        .passwordParameter("password")
                        .successHandler(signIn::succeeded)
                        .failureHandler(signIn::failed))
                .logout(logout -> logout.logoutUrl("/sign-out")
                        .addLogoutHandler(signIn::leaving)
                        .logoutSuccessUrl("/sign-in?signedOut"))
                .exceptionHandling(
                        on -> on.authenticationEntryPoint(signIn::ask).accessDeniedHandler(signIn::refuse))
                .requestCache(cache -> cache.disable())
                .csrf(csrf ->
                        csrf.csrfTokenRepository(csrfCookie()).csrfTokenRequestHandler(csrfTokenInEveryResponse()))
                .addFilterAfter(standing, SecurityContextHolderFilter.class)
                .headers(SecurityConfiguration::common)
                .build();
    }

    private static void common(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                        permissions -> permissions.policy("camera=(), geolocation=(), microphone=(), payment=()"))
                .contentTypeOptions(Customizer.withDefaults())
                .frameOptions(frames -> frames.deny());
    }

    /** In a cookie rather than in the session, so that looking at the sign-in page does not store a session. */
    private static CookieCsrfTokenRepository csrfCookie() {
        var repository = new CookieCsrfTokenRepository();
        repository.setCookieName("closeknit-csrf");
        repository.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Lax"));
        return repository;
    }

    /** Loaded before the page is written: a long page is on its way already when its first form asks for the token. */
    private static CsrfTokenRequestAttributeHandler csrfTokenInEveryResponse() {
        var handler = new XorCsrfTokenRequestAttributeHandler();
        handler.setCsrfRequestAttributeName(null);
        return handler;
    }
}
