package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.closeknit.testing.TestPeople;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Signing in with an OpenID provider: Spring Authorization Server, over real HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestPeople.class)
class OpenIdTests {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final AtomicInteger OUR_PORT = new AtomicInteger();
    private static final AnnotationConfigServletWebServerApplicationContext PROVIDER = provider();

    @Autowired
    private TestPeople people;

    @LocalServerPort
    private int port;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @DynamicPropertySource
    static void registration(DynamicPropertyRegistry properties) {
        var registration = "spring.security.oauth2.client.registration.club.";
        properties.add(registration + "client-id", () -> "closeknit");
        properties.add(registration + "client-secret", () -> "secret");
        properties.add(registration + "client-name", () -> "The Club");
        properties.add(registration + "scope", () -> "openid,email");
        properties.add(
                "spring.security.oauth2.client.provider.club.issuer-uri",
                () -> "http://localhost:" + PROVIDER.getWebServer().getPort());
    }

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    @BeforeEach
    void theProviderKnowsUs() {
        OUR_PORT.set(port);
    }

    @Test
    void theSignInPageOffersTheProvider() throws Exception {
        assertThat(get(ours("/sign-in")).body()).contains("Sign in with The Club", "/oauth2/authorization/club");
    }

    @Test
    void whoTheProviderSaysBelongsHereIsLetIn() throws Exception {
        var ana = people.agency();
        signInAtTheProvider(ana.email());
        var account = get(ours("/account"));
        assertThat(account.statusCode()).isEqualTo(200);
        assertThat(account.body()).contains(ana.email(), ana.person().workspaceName());
        assertThat(get(ours("/briefs/new")).statusCode()).as("as agency staff").isIn(200, 302);
    }

    @Test
    void whoAskedForAPageComesToItAndNeverToAnotherHost() throws Exception {
        var ana = people.agency();
        var asked = get(ours("/briefs?q=yoga%26co"));
        var page = get(ours(asked.headers().firstValue("Location").orElseThrow().replaceFirst("^http://[^/]+", "")));
        var link =
                Pattern.compile("href=\"(/oauth2/authorization/club[^\"]*)\"").matcher(page.body());
        assertThat(link.find()).isTrue();
        var there = signInAtTheProvider(ana.email(), link.group(1).replace("&amp;", "&"));
        assertThat(there.uri()).hasToString(ours("/briefs?q=yoga%26co"));
        assertThat(there.statusCode()).isEqualTo(200);
        cookies.getCookieStore().removeAll();
        for (var evil : List.of("https://evil.example/", "//evil.example", "/\\evil.example", "/sign-out")) {
            assertThat(signInAtTheProvider(ana.email(), "/oauth2/authorization/club?next=" + encode(evil))
                            .uri())
                    .as(evil)
                    .asString()
                    .startsWith(ours("/discover"));
            cookies.getCookieStore().removeAll();
        }
    }

    @Test
    void whoBelongsNowhereIsNotLetInNorCreated() throws Exception {
        assertThat(signInAtTheProvider("stranger@nowhere.example").body())
                .contains("Nobody who belongs here has the verified e-mail of that account.");
        assertThat(get(ours("/account")).statusCode()).isEqualTo(302);
    }

    @Test
    void anEMailThatIsNotVerifiedIsNobodys() throws Exception {
        var ana = people.agency();
        assertThat(signInAtTheProvider("unverified:" + ana.email()).body()).contains("Nobody who belongs here");
        assertThat(get(ours("/account")).statusCode()).isEqualTo(302);
    }

    private HttpResponse<String> signInAtTheProvider(String name) throws Exception {
        return signInAtTheProvider(name, "/oauth2/authorization/club");
    }

    private HttpResponse<String> signInAtTheProvider(String name, String link) throws Exception {
        var form = follow(get(ours(link)));
        var token = CSRF.matcher(form.body());
        assertThat(token.find()).as(form.body()).isTrue();
        return follow(browser.send(
                HttpRequest.newBuilder(URI.create(
                                "http://localhost:" + PROVIDER.getWebServer().getPort() + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "username=" + encode(name) + "&password=pw&_csrf=" + encode(token.group(1))))
                        .build(),
                BodyHandlers.ofString()));
    }

    private HttpResponse<String> follow(HttpResponse<String> response) throws IOException, InterruptedException {
        var now = response;
        for (var hops = 0; hops < 10 && now.headers().firstValue("Location").isPresent(); hops++) {
            now = get(now.uri()
                    .resolve(now.headers().firstValue("Location").orElseThrow())
                    .toString());
        }
        return now;
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.ofString());
    }

    private String ours(String path) {
        return "http://127.0.0.1:" + port + path; // another host than the provider's, so that cookies keep apart
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static AnnotationConfigServletWebServerApplicationContext provider() {
        return new AnnotationConfigServletWebServerApplicationContext(Provider.class);
    }

    /** As small as a provider can be: everybody signs in with the password 'pw', and the name is the e-mail. */
    @EnableWebMvc
    @EnableWebSecurity
    static class Provider {
        @Bean
        TomcatServletWebServerFactory server() {
            return new TomcatServletWebServerFactory(0);
        }

        @Bean
        DispatcherServlet dispatcherServlet() {
            return new DispatcherServlet();
        }

        @Bean
        DelegatingFilterProxyRegistrationBean securityFilter() {
            return new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.oauth2AuthorizationServer(server -> server.oidc(withDefaults()))
                    .oauth2ResourceServer(resource -> resource.jwt(withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return name ->
                    User.withUsername(name).password("{noop}pw").roles("USER").build();
        }

        @Bean
        RegisteredClientRepository clients() {
            return new RegisteredClientRepository() {
                @Override
                public void save(RegisteredClient client) {}

                @Override
                public RegisteredClient findById(String id) {
                    return client();
                }

                @Override
                public RegisteredClient findByClientId(String id) {
                    return client();
                }
            };
        }

        private static RegisteredClient client() {
            return RegisteredClient.withId("closeknit")
                    .clientId("closeknit")
                    .clientSecret("{noop}secret")
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUri("http://127.0.0.1:" + OUR_PORT.get() + "/login/oauth2/code/club")
                    .scope("openid")
                    .scope("email")
                    .clientSettings(ClientSettings.builder()
                            .requireAuthorizationConsent(false)
                            .build())
                    .build();
        }

        @Bean
        JWKSource<SecurityContext> keys() throws NoSuchAlgorithmException {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            return new ImmutableJWKSet<>(new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey((RSAPrivateKey) pair.getPrivate())
                    .keyID("test")
                    .build()));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims() {
            return context -> {
                if (context.getTokenType().getValue().equals("id_token")) {
                    var name = context.getPrincipal().getName();
                    context.getClaims()
                            .claim("email", name.replace("unverified:", ""))
                            .claim("email_verified", !name.startsWith("unverified:"));
                }
            };
        }
    }
}
