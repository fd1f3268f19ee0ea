package io.closeknit.access;

import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/**
 * Mails one-time links where the operator configured {@code spring.mail.*} and {@code closeknit.access.base-url}. In the
 * background: how long it takes must not tell whether somebody is known.
 */
@Component
class Mailer implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Mailer.class);

    private final ObjectProvider<JavaMailSender> sender;
    private final AccessProperties settings;
    private final MessageSource messages;
    private final ExecutorService background = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("mail-", 0).factory());

    Mailer(ObjectProvider<JavaMailSender> sender, AccessProperties settings, MessageSource messages) {
        this.sender = sender;
        this.settings = settings;
        this.messages = messages;
        if (sender.getIfAvailable() != null && settings.baseUrl() == null) {
            log.warn("spring.mail is configured, but closeknit.access.base-url is not: no mail will be sent, because "
                    + "the address in it would come from a request.");
        }
    }

    boolean ready() {
        return sender.getIfAvailable() != null && settings.baseUrl() != null;
    }

    /** @param key of the subject; with {@code .body} at its end of the body, which gets the name and the link */
    void send(String to, String key, String name, String secret) {
        var mail = new SimpleMailMessage();
        mail.setFrom(settings.mailFrom());
        mail.setTo(to);
        mail.setSubject(messages.getMessage(key, null, Locale.ENGLISH));
        mail.setText(messages.getMessage(
                key + ".body", new Object[] {name, settings.baseUrl() + OneTimeLinks.PATH + secret}, Locale.ENGLISH));
        background.execute(() -> {
            try {
                sender.getObject().send(mail);
            } catch (MailException e) {
                // Not the exception itself: it names the recipient.
                log.error("A mail could not be sent: {}", e.getClass().getSimpleName());
            }
        });
    }

    @Override
    public void destroy() {
        background.close();
    }
}
