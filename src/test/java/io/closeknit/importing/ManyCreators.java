package io.closeknit.importing;

import io.closeknit.niche.NicheTree;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Writes files of invented creators as large as anybody has them: the same file for the same seed. */
final class ManyCreators {
    private static final String[] COUNTRIES = {"HR", "SI", "DE", "IT", "FR", "ES", "GB", "US", "BR", "IN", "PL", "AT"};
    private static final String[] LANGUAGES = {"hr", "sl", "de", "it", "fr", "es", "en", "en", "pt", "hi", "pl", "de"};
    private static final String[] PLATFORMS = {"instagram", "tiktok", "youtube", "twitch", "x"};
    private static final String[] AGES = {"13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"};
    private static final String[] WORDS =
            "trail mountain kitchen studio daily slow honest urban tiny green coast winter family retro pixel bright"
                    .split(" ");

    private ManyCreators() {}

    /** One line for each creator: words about her, five niches, an account (one in five has two), its audience. */
    static void write(Path file, int count, long seed, NicheTree niches) throws IOException {
        write(
                file,
                count,
                seed,
                niches.all().stream().map(niche -> niche.slug()).sorted().toArray(String[]::new));
    }

    static void write(Path file, int count, long seed, String[] slugs) throws IOException {
        var random = new Random(seed);
        try (var out = Files.newBufferedWriter(file)) {
            for (var i = 0; i < count; i++) {
                creator(out, i, random, slugs);
            }
        }
    }

    private static void creator(BufferedWriter out, int i, Random random, String[] slugs) throws IOException {
        var home = random.nextInt(COUNTRIES.length);
        var handle = WORDS[random.nextInt(WORDS.length)] + "." + Integer.toString(i, 36);
        var line = new StringBuilder(1200);
        line.append("{\"name\":\"").append(name(random)).append("\",\"kind\":\"person\",\"bio\":\"");
        for (var w = 0; w < 12; w++) {
            line.append(w == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        line.append("\",\"country\":\"").append(COUNTRIES[home]).append("\",\"city\":\"City ");
        line.append(random.nextInt(500)).append("\",\"languages\":[\"").append(LANGUAGES[home]);
        line.append("\"],\"email\":\"").append(handle).append("@mail.example\",\"niches\":[");
        var first = random.nextInt(slugs.length);
        for (var n = 0; n < 5; n++) {
            line.append(n == 0 ? "" : ",").append("{\"niche\":\"").append(slugs[(first + n * 37) % slugs.length]);
            line.append("\",\"weight\":")
                    .append(figure(0.05 + random.nextDouble()))
                    .append('}');
        }
        line.append("],\"accounts\":[");
        account(line, PLATFORMS[i % PLATFORMS.length], handle, home, random);
        if (i % 5 == 0) {
            line.append(',');
            account(line, PLATFORMS[(i + 1) % PLATFORMS.length], handle, home, random);
        }
        line.append("]}\n");
        out.write(line.toString());
    }

    private static void account(StringBuilder line, String platform, String handle, int home, Random random) {
        var followers = (long) Math.exp(6.9 + random.nextDouble() * 6);
        line.append("{\"platform\":\"")
                .append(platform)
                .append("\",\"handle\":\"")
                .append(handle);
        line.append("\",\"followers\":")
                .append(followers)
                .append(",\"following\":")
                .append(random.nextInt(3_000));
        line.append(",\"posts\":").append(random.nextInt(2_000)).append(",\"engagementRate\":");
        line.append(figure(0.005 + 0.1 * random.nextDouble())).append(",\"engagementBasis\":\"followers\",\"likes\":");
        line.append(followers / 30)
                .append(",\"comments\":")
                .append(followers / 900)
                .append(",\"authenticity\":");
        line.append(figure(0.5 + random.nextDouble() / 2)).append(",\"observedAt\":\"2026-10-");
        line.append(String.format(Locale.ROOT, "%02d", 1 + random.nextInt(28))).append("T00:00:00Z\",\"audience\":{");
        line.append("\"countries\":{\"")
                .append(COUNTRIES[home])
                .append("\":")
                .append(figure(0.4 + random.nextDouble() / 5));
        for (var c = 1; c < 4; c++) {
            line.append(",\"")
                    .append(COUNTRIES[(home + c * 3 - 1) % COUNTRIES.length])
                    .append("\":");
            line.append(figure(0.02 + random.nextDouble() / 10));
        }
        line.append("},\"ages\":{");
        for (var a = 0; a < AGES.length; a++) {
            line.append(a == 0 ? "" : ",")
                    .append('"')
                    .append(AGES[a])
                    .append("\":")
                    .append(figure(random.nextDouble() / 7));
        }
        var women = random.nextDouble();
        line.append("},\"genders\":{\"female\":").append(figure(women)).append(",\"male\":");
        line.append(figure(Math.max(0, 0.99 - women))).append("}}}");
    }

    private static String name(Random random) {
        return capital(WORDS[random.nextInt(WORDS.length)]) + " " + capital(WORDS[random.nextInt(WORDS.length)]);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
