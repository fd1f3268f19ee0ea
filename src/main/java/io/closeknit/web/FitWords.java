package io.closeknit.web;

import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The fit bar in words, for tooltips and for those who hear it. */
@Component("fitWords")
class FitWords {
    private final MessageSource messages;
    private final Formats formats;

    FitWords(MessageSource messages, Formats formats) {
        this.messages = messages;
        this.formats = formats;
    }

    /** 'Fit 71 of 100, between 66 and 75: relevance 19 of 25, …'. */
    public String sentence(FitBar fit) {
        var parts = fit.getDrawn().stream()
                .map(each -> message(
                        each.segment().known() ? "web.fit.part" : "web.fit.part.unknown",
                        name(each).toLowerCase(Locale.ROOT),
                        each.points(),
                        each.most()))
                .collect(Collectors.joining(", "));
        return fit.isUncertain()
                ? message("web.fit.sentence.uncertain", fit.getShown(), fit.getShownLow(), fit.getShownHigh(), parts)
                : message("web.fit.sentence", fit.getShown(), parts);
    }

    /** What a part of the bar says when one points at it, in two lines. */
    public String tip(FitBar.Drawn drawn) {
        return head(drawn) + "\n" + more(drawn);
    }

    /** 'Relevance: 19 of 25 points'. */
    private String head(FitBar.Drawn drawn) {
        return message("web.fit.head", name(drawn), drawn.points(), drawn.most());
    }

    /** 'Value 78 %. trail-running 0.7'; says so where it is not known. */
    private String more(FitBar.Drawn drawn) {
        return message(
                        drawn.segment().known() ? "web.fit.value" : "web.fit.value.unknown",
                        formats.percent(drawn.segment().value()),
                        drawn.segment().evidence())
                .strip();
    }

    private String name(FitBar.Drawn drawn) {
        return message("web.criterion." + drawn.getKey());
    }

    private String message(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }
}
