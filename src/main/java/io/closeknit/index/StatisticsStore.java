package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.index.Peers.Figure;
import io.closeknit.index.StandIns.Group;
import io.closeknit.niche.NicheTree;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keeps and publishes the statistics versions, and the exchange rates and brand names that they are made with. */
@Component
class StatisticsStore {
    /** Versions that can still be read. */
    private static final int KEPT = 50;

    /** Names the lock among the advisory locks of the database; any number that nobody else uses. */
    private static final long LOCK = 0x636c6b_73746174L;

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    StatisticsStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest rate of each currency. */
    Map<Integer, Double> rates() {
        var rates = new HashMap<Integer, Double>();
        jdbc.sql(
                        "select distinct on (currency) currency, eur_per_unit from exchange_rate order by currency, on_date desc")
                .query((row, _) -> rates.put(
                        Codes.currency(row.getString(1)), row.getBigDecimal(2).doubleValue()))
                .list();
        return rates;
    }

    /** The youngest day of a rate. */
    LocalDate ratesOn() {
        return jdbc.sql("select coalesce(max(on_date), current_date) from exchange_rate")
                .query(LocalDate.class)
                .single();
    }

    /** Groups of names that mean one brand, each with the brand first. */
    List<List<String>> aliases() {
        var groups = new TreeMap<String, List<String>>();
        jdbc.sql("select brand, alias from brand_alias order by brand, alias")
                .query((row, _) -> groups.computeIfAbsent(row.getString(1), brand -> new ArrayList<>(List.of(brand)))
                        .add(row.getString(2)))
                .list();
        return List.copyOf(groups.values());
    }

    /** The published form of a version; the newest where none is named. */
    Optional<String> published(Optional<Long> version) {
        return version.map(number -> jdbc.sql("select body::text from statistics_version where version = ?")
                        .param(number))
                .orElseGet(() -> jdbc.sql("select body::text from statistics_version order by version desc limit 1"))
                .query(String.class)
                .optional();
    }

    /**
     * Keeps a version and forgets the oldest. The number is given here, by one node at a time; the same figures as the
     * newest version's keep its number, whoever calculated them, so that neither a restart nor a second node makes a new one.
     *
     * @return the number
     */
    @Transactional
    long save(Statistics statistics, NicheTree tree, Tiers tiers) {
        jdbc.sql("select pg_advisory_xact_lock(?)")
                .param(LOCK)
                .query((_, _) -> 0)
                .list();
        var content = content(statistics, tree, tiers);
        var newest = jdbc.sql("select version, content from statistics_version order by version desc limit 1")
                .query((row, _) -> new Newest(row.getLong(1), row.getBytes(2)))
                .optional();
        if (newest.isPresent() && Arrays.equals(newest.get().content(), content)) {
            return newest.get().version();
        }
        var numbered = statistics.withVersion(newest.map(Newest::version).orElse(0L) + 1);
        jdbc.sql("insert into statistics_version (version, as_of, catalogue_version, body, content)"
                        + " values (?, ?, ?, ?::jsonb, ?)")
                .params(
                        numbered.version(),
                        numbered.asOf(),
                        numbered.catalogueVersion(),
                        json.writeValueAsString(publish(numbered, tree, tiers)),
                        content)
                .update();
        jdbc.sql("delete from statistics_version where version <= ?")
                .param(numbered.version() - KEPT)
                .update();
        return numbered.version();
    }

    private record Newest(long version, byte @Nullable [] content) {}

    private ObjectNode publish(Statistics statistics, NicheTree tree, Tiers tiers) {
        var body = json.createObjectNode();
        body.put("version", statistics.version());
        body.put("asOf", statistics.asOf().toString());
        body.put("catalogueVersion", statistics.catalogueVersion());
        body.put("minPeers", statistics.minPeers());
        body.put("creators", statistics.creators());
        body.put("demo", statistics.demo());
        var df = body.putObject("df");
        for (var niche : tree.all()) {
            if (niche.id() < statistics.df().length && statistics.df()[niche.id()] > 0) {
                df.put(niche.slug(), statistics.df()[niche.id()]);
            }
        }
        var commonTopics = body.putObject("commonTopics");
        commonTopics.put("weight", statistics.commonTopics().weight());
        var parts = commonTopics.putObject("parts");
        for (var niche : tree.all()) {
            if (statistics.commonTopics().of(niche.id()) > 0) {
                parts.put(niche.slug(), statistics.commonTopics().of(niche.id()));
            }
        }
        quantiles(statistics.peers(), body);
        var standIns = body.putArray("standIns");
        // Focus has its own stand-in, 0.5, by definition; see docs/fit.md.
        Map.of(
                        "bond", statistics.bond(),
                        "credibility", statistics.credibility(),
                        "authenticity", statistics.authenticity())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> groups(entry.getValue(), tiers).forEach(group -> {
                    var node = standIns.addObject();
                    node.put("of", entry.getKey());
                    node.put("platform", group.platform());
                    node.put("tier", group.tier());
                    node.put("country", group.country());
                    node.put("known", group.known());
                    node.put("median", group.median());
                    node.put("p10", group.p10());
                    node.put("p90", group.p90());
                }));
        var sample = body.putArray("sample");
        statistics.sample().forEach(row -> sample.add(row.slug.toString()));
        var rates = body.putObject("rates");
        new TreeMap<>(statistics.rates())
                .forEach((currency, rate) -> rates.put(Codes.currency(currency), BigDecimal.valueOf(rate)));
        body.put("ratesOn", statistics.ratesOn().toString());
        var aliases = body.putArray("aliases");
        statistics.aliases().forEach(names -> names.forEach(aliases.addArray()::add));
        var bounds = body.putArray("tiers");
        for (var tier = 0; tier < tiers.count(); tier++) {
            bounds.addObject().put("name", tiers.names().get(tier)).put("from", tiers.from(tier));
        }
        return body;
    }

    private static void quantiles(Peers peers, ObjectNode body) {
        var quantiles = body.putArray("quantiles");
        for (var figure : Figure.values()) {
            for (var platform = 0; platform < Peers.PLATFORMS; platform++) {
                for (var basis : EngagementBasis.values()) {
                    for (var bin = 0; bin < Peers.BINS.length; bin++) {
                        if (peers.curve(figure, platform, basis.ordinal(), bin) instanceof PeerCurve.Own own) {
                            var node = quantiles.addObject();
                            node.put("figure", figure.key);
                            node.put("platform", Ranker.platformKey(platform));
                            node.put("basis", basis.name().toLowerCase(java.util.Locale.ROOT));
                            node.put("from", Peers.BINS[bin]);
                            node.put("peers", own.peers());
                            var numbers = node.putArray("q");
                            for (var quantile : own.quantiles()) {
                                numbers.add(quantile);
                            }
                        }
                    }
                }
            }
        }
    }

    private static String digest(List<CreatorRow> sample) {
        var digest = Codes.sha256();
        sample.forEach(row -> digest.update(row.toBytes()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Stand-ins as published. */
    static List<Ranking.StandInGroup> groups(StandIns standIns, Tiers tiers) {
        return standIns.groups().stream().map(group -> group(group, tiers)).toList();
    }

    private static Ranking.StandInGroup group(Group group, Tiers tiers) {
        var platform = group.platform();
        var tier = group.tier();
        var country = group.country();
        return new Ranking.StandInGroup(
                platform == null ? null : Ranker.platformKey(platform),
                tier == null ? null : tiers.names().get(tier),
                country == null ? null : Codes.country(country),
                group.standIn().known(),
                group.standIn().median(),
                group.standIn().low(),
                group.standIn().high());
    }

    /**
     * The SHA-256 of what scores depend on in a set of statistics, without its numbers: where it is the same, no new version
     * is made. The sample counts with all its figures, since a brief's own stand-ins come from them.
     */
    private byte[] content(Statistics statistics, NicheTree tree, Tiers tiers) {
        var content = publish(statistics, tree, tiers);
        content.remove(List.of("version", "catalogueVersion"));
        content.put("sampleRows", digest(statistics.sample()));
        return Codes.sha256(json.writeValueAsString(content));
    }
}
