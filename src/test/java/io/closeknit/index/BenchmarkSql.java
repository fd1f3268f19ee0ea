package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.BenchmarkCatalogue.Shape;
import io.closeknit.niche.NicheTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The same fit in SQL, as well as it can be done: one flat table without joins, everything that does not depend on a brief
 * calculated beforehand (the bond's percentiles, credibility, the length of the niche vector, what a booking buys), a brief
 * folded into constant arrays that the rows look up by number, an index for the selective filters. Creators have one account
 * here, which spares the SQL the weighting of several.
 */
final class BenchmarkSql {
    private static final String TABLE = "benchmark_creator";
    private static final int COUNTRY_SLOTS = 4;
    private static final int INTEREST_SLOTS = 5;
    private static final int MENTION_SLOTS = 3;
    private static final int NO_COUNTRY = 26 * 26;

    private final Connection connection;
    private final NicheTree tree;
    private final Statistics statistics;
    private final Tiers tiers;
    private final Shape shape;
    private final int noNiche;

    BenchmarkSql(Connection connection, NicheTree tree, Statistics statistics, Tiers tiers, Shape shape) {
        this.connection = connection;
        this.tree = tree;
        this.statistics = statistics;
        this.tiers = tiers;
        this.shape = shape;
        noNiche = tree.idLimit();
    }

    /** The first creators of a brief, best first, and what was counted, named as {@link Facets#toMap} does. */
    record Answer(List<String> slugs, int total, Map<String, Map<String, Integer>> facets) {}

    // ---- the table

    /** Makes the table of all creators in the snapshot. @return bytes with its indexes */
    long fill(IndexStore.Snapshot snapshot) throws SQLException, IOException {
        var columns = new StringJoiner(", ");
        columns.add("slug text collate \"C\" not null, followers bigint not null, platform smallint not null")
                .add("tier smallint not null, country smallint not null, last_post integer not null, price float8")
                .add("engaged float8, bond float8 not null, credibility float8 not null, focus float8 not null")
                .add("authenticity float8 not null, length float8 not null, common float8 not null");
        each("t%d smallint not null, w%1$d float8 not null", shape.most, columns);
        each("c%d smallint not null, s%1$d smallint not null", COUNTRY_SLOTS, columns);
        each("i%d smallint not null, v%1$d smallint not null", INTEREST_SLOTS, columns);
        each("a%d smallint", 7, columns);
        each("g%d smallint", 2, columns);
        each("b%d bigint, n%1$d smallint, d%1$d integer, p%1$d boolean", MENTION_SLOTS, columns);
        columns.add("upwards smallint[] not null");
        execute("drop table if exists " + TABLE);
        execute("create table " + TABLE + " (" + columns + ")");
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + TABLE + " from stdin");
        var lines = new StringBuilder();
        var quality = new CompiledBrief(BriefQuestion.nothing(Criterion.defaultWeights()), tree, statistics, tiers);
        var scratch = new CompiledBrief.Scratch();
        snapshot.forEachRow(row -> {
            line(row, quality.evaluate(row, 0, scratch), lines);
            if (lines.length() > 1 << 20) {
                send(copy, lines);
            }
        });
        send(copy, lines);
        copy.endCopy();
        execute("create index on " + TABLE + " (platform, country, followers)");
        execute("vacuum analyze " + TABLE);
        try (var statement = connection.createStatement();
                var size = statement.executeQuery("select pg_total_relation_size('" + TABLE + "')")) {
            size.next();
            return size.getLong(1);
        }
    }

    void drop() throws SQLException {
        execute("drop table if exists " + TABLE);
    }

    private static void each(String pattern, int count, StringJoiner columns) {
        for (var i = 0; i < count; i++) {
            columns.add(pattern.formatted(i));
        }
    }

    private static void send(org.postgresql.copy.CopyIn copy, StringBuilder lines) {
        try {
            var bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
            copy.writeToCopy(bytes, 0, bytes.length);
            lines.setLength(0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void line(CreatorRow row, Evaluation quality, StringBuilder to) {
        var account = row.accounts[0];
        var fields = new StringJoiner("\t", "", "\n");
        fields.add(row.slug.toString()).add("" + account.followers).add("" + account.platform);
        fields.add("" + tiers.of(account.followers)).add("" + row.country).add("" + account.lastPostDay);
        var price = RowFilter.cheapestPrice(row, -1, statistics);
        fields.add(Double.isNaN(price) ? "\\N" : "" + price);
        fields.add(
                account.authenticity < 0
                        ? "\\N"
                        : ""
                                + CompiledBrief.base(account)
                                        * Math.min(
                                                account.engagementRate,
                                                statistics.peers().cap(account))
                                        * ((double) account.authenticity / CreatorRow.ONE));
        for (var criterion : List.of(Criterion.BOND, Criterion.CREDIBILITY, Criterion.FOCUS, Criterion.AUTHENTICITY)) {
            fields.add("" + quality.value[criterion.ordinal()]);
        }
        var length = 0.0;
        var common = 0.0;
        var upwards = new TreeSet<Integer>();
        for (var i = 0; i < row.nicheCount; i++) {
            var idf = statistics.idf(row.niches[i]);
            length += CompiledBrief.bent(row.nicheWeight[i]) * idf * idf;
            common += Math.sqrt(CompiledBrief.bent(row.nicheWeight[i]))
                    * idf
                    * statistics.commonTopics().of(row.niches[i]);
            for (var at = row.niches[i]; at >= 0; at = tree.parent(at).orElse(-1)) {
                upwards.add(at);
            }
        }
        fields.add("" + length).add("" + (length > 0 ? common / Math.sqrt(length) : 0));
        for (var i = 0; i < shape.most; i++) {
            var there = i < row.nicheCount;
            fields.add("" + (there ? row.niches[i] : noNiche))
                    .add("" + (there ? CompiledBrief.bent(row.nicheWeight[i]) : 0));
        }
        for (var i = 0; i < COUNTRY_SLOTS; i++) {
            var there = i < account.countryCount;
            fields.add("" + (there ? account.countries[i] : NO_COUNTRY))
                    .add("" + (there ? account.countryShare[i] : 0));
        }
        for (var i = 0; i < INTEREST_SLOTS; i++) {
            var there = i < account.interestCount;
            fields.add("" + (there ? account.interests[i] : noNiche)).add("" + (there ? account.interestShare[i] : 0));
        }
        for (var i = 0; i < 7; i++) {
            fields.add(account.agesKnown ? "" + account.ages[i] : "\\N");
        }
        for (var i = 0; i < 2; i++) {
            fields.add(account.gendersKnown ? "" + account.genders[i] : "\\N");
        }
        for (var i = 0; i < MENTION_SLOTS; i++) {
            var there = i < row.mentionCount;
            fields.add(there ? "" + row.mentionBrand[i] : "\\N")
                    .add(there ? "" + row.mentionNiche[i] : "\\N")
                    .add(there ? "" + row.mentionDay[i] : "\\N")
                    .add(there ? row.mentionPaid[i] == 1 ? "t" : "f" : "\\N");
        }
        fields.add(upwards.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
        to.append(fields);
    }

    // ---- asking

    void parallel(boolean on) throws SQLException {
        execute("set max_parallel_workers_per_gather = " + (on ? 2 : 0));
        execute("set jit = off"); // tried: it costs more than it gains here
        execute("set work_mem = '64MB'");
    }

    Answer ask(BenchmarkBriefs.Brief brief, CompiledBrief compiled, int limit, boolean facets) throws SQLException {
        var slugs = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(ranking(brief, compiled, limit))) {
            while (rows.next()) {
                slugs.add(rows.getString(1));
            }
        }
        if (!facets) {
            return new Answer(slugs, -1, Map.of());
        }
        var total = 0;
        var platforms = new TreeMap<String, Integer>();
        var byTier = new TreeMap<String, Integer>();
        var countries = new TreeMap<String, Integer>();
        var niches = new TreeMap<String, Integer>();
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(
                    "select platform, tier, country, count(*) from " + TABLE + where(brief) + " group by 1, 2, 3")) {
                while (rows.next()) {
                    var count = rows.getInt(4);
                    total += count;
                    platforms.merge(Platform.values()[rows.getInt(1)].key(), count, Integer::sum);
                    byTier.merge(tiers.names().get(rows.getInt(2)), count, Integer::sum);
                    countries.merge(Codes.country(rows.getInt(3)), count, Integer::sum);
                }
            }
            try (var rows = statement.executeQuery("select niche, count(*) from " + TABLE + ", unnest(upwards) as niche"
                    + where(brief) + " group by 1")) {
                while (rows.next()) {
                    niches.put(tree.byId(rows.getInt(1)).orElseThrow().slug(), rows.getInt(2));
                }
            }
        }
        return new Answer(
                slugs, total, Map.of("platform", platforms, "tier", byTier, "country", countries, "niche", niches));
    }

    private String ranking(BenchmarkBriefs.Brief brief, CompiledBrief compiled, int limit) {
        var constants = new ArrayList<String>();
        var sum = new ArrayList<String>();
        add(sum, compiled, Criterion.RELEVANCE, relevance(brief.question(), constants));
        var share = share(brief.question().target(), constants);
        add(sum, compiled, Criterion.AUDIENCE, audience(brief.question().target(), compiled, share, constants));
        add(sum, compiled, Criterion.BOND, "bond");
        add(sum, compiled, Criterion.CREDIBILITY, "credibility");
        add(sum, compiled, Criterion.BELIEF, belief(brief.question().belief(), constants));
        add(sum, compiled, Criterion.FOCUS, "focus");
        add(sum, compiled, Criterion.AUTHENTICITY, "authenticity");
        if (compiled.isAsked(Criterion.VALUE)) {
            add(sum, compiled, Criterion.VALUE, value(compiled, share, constants));
        }
        // Constants in a sub-select without a table: the planner puts them into the expressions.
        return "select slug from " + TABLE + ", (select " + String.join(", ", constants) + ") as brief" + where(brief)
                + " order by round((" + String.join(" + ", sum) + ") * " + number(1e9)
                + ") desc, followers, slug limit "
                + limit;
    }

    private static void add(List<String> sum, CompiledBrief compiled, Criterion criterion, String value) {
        sum.add(number(compiled.points(criterion, 1)) + " * (" + value + ")");
    }

    private static String number(double value) {
        return "'" + value + "'::float8";
    }

    private static String constant(String name, String type, int length, IntFunction<String> value) {
        return IntStream.range(0, length).mapToObj(value).collect(Collectors.joining(",", "'{", "}'::" + type + "[]"))
                + " as "
                + name;
    }

    /** Σ q̂ₘ^(5/4)·(Σ prox⁶·idf²·w^(3/2) / length)^(3/8), above what is common; arrays count from 1. */
    private String relevance(BriefQuestion question, List<String> constants) {
        var wanted = question.niches().keySet().stream()
                .sorted(Comparator.comparing(
                        niche -> tree.byId(niche).orElseThrow().slug()))
                .toList();
        var sum = question.niches().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        var importance = wanted.stream()
                .mapToDouble(niche -> Math.sqrt(question.niches().get(niche) / sum) * statistics.idf(niche))
                .toArray();
        var length =
                Math.sqrt(Arrays.stream(importance).map(part -> part * part).sum());
        var same = IntStream.range(0, importance.length)
                .mapToDouble(m ->
                        Math.pow(question.niches().get(wanted.get(m)) / sum, 0.75) * statistics.idf(wanted.get(m)))
                .toArray();
        var sameLength = Math.sqrt(Arrays.stream(same).map(part -> part * part).sum());
        var reached = IntStream.range(0, importance.length)
                .mapToDouble(m -> Math.pow(importance[m] / length, 1.25) * Math.pow(same[m] / sameLength, 0.75))
                .sum();
        var parts = new StringJoiner(" + ", "least(1, ", ")");
        for (var m = 0; m < importance.length; m++) {
            var of = m;
            constants.add(constant("q" + m, "float8", noNiche + 1, niche -> {
                if (niche == noNiche || serves(niche, wanted, importance) != of) {
                    return "0";
                }
                var weighed = statistics.idf(niche) * Math.pow(proximity(niche, wanted.get(of)), 3);
                return "" + weighed * weighed;
            }));
            var served = IntStream.range(0, shape.most)
                    .mapToObj(i -> "w" + i + " * q" + of + "[t" + i + " + 1]")
                    .collect(Collectors.joining(" + "));
            parts.add(number(Math.pow(importance[m] / length, 1.25) / reached) + " * power((" + served
                    + ") / length, 0.375::float8)");
        }
        var common = 0.0;
        for (var m = 0; m < importance.length; m++) {
            common += importance[m] / length * statistics.commonTopics().of(wanted.get(m));
        }
        var expected = number(common * statistics.commonTopics().weight()) + " * common";
        return "greatest(0, (" + parts + " - " + expected + ") / (1 - " + expected + "))";
    }

    /** The brief's niche for which importance times proximity is largest, the first of them; -1 for none. */
    private int serves(int niche, List<Integer> wanted, double[] importance) {
        var best = -1;
        var most = 0.0;
        for (var m = 0; m < importance.length; m++) {
            var now = importance[m] * Math.pow(proximity(niche, wanted.get(m)), 3);
            if (now > most) {
                most = now;
                best = m;
            }
        }
        return best;
    }

    private double proximity(int niche, int wanted) {
        if (niche == wanted) {
            return 1;
        }
        var near = tree.related(wanted).getOrDefault(niche, 0.0);
        if (tree.isWithin(niche, wanted)) {
            near = Math.max(near, CompiledBrief.BELOW);
        }
        var parent = tree.parent(wanted);
        if (parent.isPresent()) {
            if (parent.getAsInt() == niche) {
                near = Math.max(near, CompiledBrief.PARENT);
            } else if (tree.parent(niche).equals(parent)) {
                near = Math.max(near, CompiledBrief.SIBLING);
            }
        }
        return near;
    }

    private String share(BriefQuestion.Target target, List<String> constants) {
        constants.add(constant(
                "countries",
                "int",
                NO_COUNTRY + 1,
                country -> target.countries().contains(country) ? "1" : "0"));
        var share = sumOf("s%d * countries[c%1$d + 1]", COUNTRY_SLOTS) + " * (" + wanted("a%d", target.ages(), 7)
                + (target.genders() == 0 ? "" : " * " + wanted("g%d", target.genders(), 2)) + ")";
        if (!target.interests().isEmpty()) {
            constants.add(constant(
                    "interests",
                    "int",
                    noNiche + 1,
                    niche -> target.interests().stream()
                                    .anyMatch(wanted -> niche < noNiche && tree.isWithin(niche, wanted))
                            ? "1"
                            : "0"));
            share += " * " + sumOf("v%d * interests[i%1$d + 1]", INTEREST_SLOTS);
        }
        return share;
    }

    private static String sumOf(String pattern, int count) {
        return IntStream.range(0, count)
                .mapToObj(pattern::formatted)
                .collect(Collectors.joining(" + ", "least(1, (", ") / " + number(CreatorRow.ONE) + ")"));
    }

    private static String wanted(String pattern, int bits, int count) {
        return IntStream.range(0, count)
                .filter(bit -> (bits >> bit & 1) != 0)
                .mapToObj(pattern::formatted)
                .collect(Collectors.joining(" + ", "least(1, (", ") / " + number(CreatorRow.ONE) + ")"));
    }

    /** Three dimensions are always asked or four, hence the root; where nothing is known a stand-in. */
    private String audience(BriefQuestion.Target target, CompiledBrief compiled, String share, List<String> constants) {
        var several = target.genders() != 0 || !target.interests().isEmpty() || target.ages() != 0;
        var ratio = share + " / " + number(compiled.audiences().best());
        constants.add(standIns("audience", compiled, Criterion.AUDIENCE));
        // A creator's own country comes first where 20 of it are known, whatever her platform and tier.
        constants.add(constant("home", "float8", NO_COUNTRY, country -> {
            var here = standIn(compiled, Criterion.AUDIENCE, 0, 0, country);
            for (var platform = 0; platform < Peers.PLATFORMS; platform++) {
                for (var tier = 0; tier < tiers.count(); tier++) {
                    if (standIn(compiled, Criterion.AUDIENCE, platform, tier, country) != here) {
                        return "null";
                    }
                }
            }
            return "" + here;
        }));
        return "case when a0 is not null then least(1, " + (several ? "sqrt(" + ratio + ")" : ratio)
                + ") else coalesce(home[country + 1], audience[" + group() + "]) end";
    }

    private String group() {
        return "platform * " + tiers.count() + " + tier + 1";
    }

    private String standIns(String name, CompiledBrief compiled, Criterion criterion) {
        return constant(
                name,
                "float8",
                Peers.PLATFORMS * tiers.count(),
                group ->
                        "" + standIn(compiled, criterion, group / tiers.count(), group % tiers.count(), Codes.UNKNOWN));
    }

    private static double standIn(CompiledBrief compiled, Criterion criterion, int platform, int tier, int country) {
        var median = compiled.peerMedian(criterion, platform, tier, country);
        return Double.isNaN(median) ? StandIns.StandIn.NONE.median() : median;
    }

    private String belief(BriefQuestion.Belief asked, List<String> constants) {
        constants.add(constant("category", "int", noNiche + 1, niche -> {
            var own = niche < noNiche
                    && (tree.isWithin(niche, asked.category())
                            || tree.parent(asked.category()).orElse(-1) == niche
                                    && tree.parent(niche).isEmpty());
            return own ? "1" : "0";
        }));
        var today = statistics.today();
        var yearAgo = statistics.asOf().minusYears(1).toEpochDay();
        var recent = "d%1$d > " + yearAgo + " and d%1$d <= " + today;
        var rival = in("b%1$d", asked.competitors());
        var competitor = "p%1$d and " + rival + " and " + recent + " and " + today + " - d%1$d < " + asked.windowDays();
        var brand = in("b%1$d", asked.brand()) + " and not " + rival + " and " + recent;
        var inCategory = recent + " and category[n%1$d + 1] = 1 and not " + rival;
        var counted = IntStream.range(0, MENTION_SLOTS)
                .mapToObj(i -> "(coalesce(p%1$d and ".formatted(i)
                        + (inCategory + " and not " + in("b%1$d", asked.brand())).formatted(i) + ", false))::int")
                .collect(Collectors.joining(" + "));
        return "case when " + any(competitor) + " then 0 when " + any("not p%1$d and " + brand) + " then 1 when "
                + any("p%1$d and " + brand) + " then " + number(0.9) + " when "
                + any("not p%1$d and " + inCategory) + " then " + number(0.8) + " when " + counted
                + " >= 2 then " + number(0.65) + " else " + number(0.5) + " end";
    }

    private static String in(String column, Iterable<Long> codes) {
        var list = new StringJoiner(", ", column + " in (", ")");
        codes.forEach(code -> list.add("'" + code + "'::bigint"));
        return list.toString();
    }

    private static String any(String condition) {
        return IntStream.range(0, MENTION_SLOTS)
                .mapToObj(i -> "(" + condition.formatted(i) + ")")
                .collect(Collectors.joining(" or ", "(", ")"));
    }

    private String value(CompiledBrief compiled, String share, List<String> constants) {
        constants.add(standIns("worth", compiled, Criterion.VALUE));
        var people = "engaged * (" + share + ")";
        var cost = "price / (" + people + ")";
        return "case when price is null or engaged is null or a0 is null then worth[" + group() + "] when " + people
                + " <= 0 then 0 when " + cost + " <= " + number(0.1) + " then 1 when " + cost
                + " >= 100 then 0 else 1 - ln("
                + cost + " / " + number(0.1) + ") / ln(" + number(100) + " / " + number(0.1) + ") end";
    }

    private String where(BenchmarkBriefs.Brief brief) {
        var conditions = new StringJoiner(" and ", " where ", "");
        var filters = brief.filters();
        if (filters.accountsOn() != 0) {
            var platforms = new StringJoiner(", ", "platform in (", ")");
            for (var platform = 0; platform < Peers.PLATFORMS; platform++) {
                if ((filters.accountsOn() >> platform & 1) != 0) {
                    platforms.add("" + platform);
                }
            }
            conditions.add(platforms.toString());
        }
        bound(conditions, "followers >= ", filters.followersMin());
        bound(conditions, "followers <= ", filters.followersMax());
        bound(conditions, "price <= ", filters.priceMaxEur());
        if (filters.lastPostWithinDays() != null) {
            conditions.add("last_post >= " + (statistics.today() - filters.lastPostWithinDays()));
        }
        if (!filters.countries().wanted().isEmpty()) {
            conditions.add(filters.countries().wanted().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "country in (", ")")));
        }
        return conditions.toString();
    }

    private static void bound(StringJoiner conditions, String condition, @Nullable Number bound) {
        if (bound != null) {
            conditions.add(condition + bound);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
