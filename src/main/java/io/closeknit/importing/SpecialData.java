package io.closeknit.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Personal data of a special category (GDPR, article 9): origin, politics, belief, unions, genes, health, sex life. It is
 * never imported, whatever somebody maps it to.
 */
final class SpecialData {
    private static final Set<String> NAMES = Set.of(
            "ethnicity",
            "ethnicities",
            "ethnic",
            "ethnie",
            "etnia",
            "ethnizitat",
            "ethnicgroup",
            "ethnicorigin",
            "race",
            "races",
            "rasse",
            "raza",
            "raca",
            "skincolor",
            "skincolour",
            "skintone",
            "hautfarbe",
            "ancestry",
            "religion",
            "religions",
            "religious",
            "religiousbelief",
            "religiousbeliefs",
            "faith",
            "belief",
            "beliefs",
            "glaube",
            "konfession",
            "religione",
            "religiao",
            "religija",
            "vjera",
            "denomination",
            "politics",
            "political",
            "politicalviews",
            "politicalview",
            "politicalparty",
            "politicalaffiliation",
            "politicalorientation",
            "politicalopinion",
            "politicalleaning",
            "partei",
            "politik",
            "politica",
            "voterregistration",
            "tradeunion",
            "unionmembership",
            "gewerkschaft",
            "sindicato",
            "health",
            "healthcondition",
            "healthconditions",
            "healthstatus",
            "medical",
            "medicalcondition",
            "medicalconditions",
            "medicalhistory",
            "disability",
            "disabilities",
            "disabled",
            "gesundheit",
            "krankheit",
            "krankheiten",
            "behinderung",
            "salud",
            "sante",
            "saude",
            "salute",
            "diagnosis",
            "mentalhealth",
            "pregnant",
            "pregnancy",
            "vaccinated",
            "bloodtype",
            "allergies",
            "hivstatus",
            "sexualorientation",
            "sexuality",
            "orientation",
            "sexualorientations",
            "sexuelleorientierung",
            "sexlife",
            "orientacionsexual",
            "orientationsexuelle",
            "lgbt",
            "lgbtq",
            "lgbtqia",
            "sexualpreference",
            "biometrics",
            "biometric",
            "fingerprint",
            "dna",
            "genetics",
            "criminalrecord",
            "convictions");

    private static final Set<String> WORDS = Set.of(
            "caucasian",
            "africanamerican",
            "hispanic",
            "latino",
            "latina",
            "latinx",
            "white",
            "black",
            "asian",
            "mixed",
            "whitecaucasian",
            "blackafricanamerican",
            "eastasian",
            "southasian",
            "middleeastern",
            "nativeamerican",
            "pacificislander",
            "muslim",
            "islam",
            "christian",
            "christianity",
            "catholic",
            "protestant",
            "jewish",
            "judaism",
            "hindu",
            "hinduism",
            "buddhist",
            "buddhism",
            "sikh",
            "atheist",
            "agnostic",
            "heterosexual",
            "homosexual",
            "bisexual",
            "gay",
            "lesbian",
            "straight",
            "asexual",
            "pansexual",
            "queer",
            "republican",
            "democrat",
            "conservative",
            "liberal",
            "socialist",
            "leftwing",
            "rightwing");

    /** Words around it that change nothing: 'Audience ethnicity', 'Influencer religion %'. */
    private static final Pattern AROUND = Pattern.compile(
            "^(?:audience|follower|followers|creator|influencer|user|main|primary|top|the|his|her|their)+|(?:group|groups|share|percent|pct|status|code|name|s)$");

    /** Fields repeat from creator to creator, and there are few names; countries and the like are no more than hundreds. */
    private static final int MOST_REMEMBERED = 10_000;

    private static final ConcurrentMap<String, Boolean> REMEMBERED = new ConcurrentHashMap<>();

    private SpecialData() {}

    private static boolean isNameOfField(String name) {
        var known = REMEMBERED.get(name);
        if (known == null) {
            known = isName(name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", ""));
            if (REMEMBERED.size() < MOST_REMEMBERED) {
                REMEMBERED.put(name, known);
            }
        }
        return known;
    }

    /** @param key of a header: lower case, letters and digits only */
    static boolean isName(String key) {
        return NAMES.contains(key) || NAMES.contains(AROUND.matcher(key).replaceAll(""));
    }

    /** Whether the cells of a column, whatever it is called, speak of nothing else. */
    static boolean isIn(ColumnProfile column) {
        return column.present() >= 3
                && column.values().size() <= 60
                && column.share(cell -> WORDS.contains(
                                cell.toLowerCase(java.util.Locale.ROOT).replaceAll("[^\\p{L}]", "")))
                        > 0.7;
    }

    /** Takes it out of an object of any depth, and says so. */
    static void remove(ObjectNode object, List<Translated.Note> notes) {
        remove(object, "", 0, notes);
    }

    private static void remove(JsonNode node, String path, int depth, List<Translated.Note> notes) {
        if (depth > 12) {
            return;
        }
        if (node instanceof ObjectNode object) {
            for (var name : new ArrayList<>(object.propertyNames())) {
                // A niche of the catalogue may be called so; the names of fields never are.
                if (isNameOfField(name) && !path.endsWith("interests.")) {
                    object.remove(name);
                    notes.add(Translated.Note.leftOut(path + name, "", Sentence.of("importing.note.column.SPECIAL")));
                } else {
                    remove(object.get(name), path + name + ".", depth + 1, notes);
                }
            }
        } else if (node != null && node.isArray()) {
            node.forEach(item -> remove(item, path, depth + 1, notes));
        }
    }
}
