package io.closeknit.importing;

import io.closeknit.niche.NicheTree;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Places in the United States as people write them: 'Austin, TX'. A code that is a country's too ('Los Angeles, CA') counts
 * as the state behind the name of one of its large cities.
 */
final class UsStates {
    private static final Set<String> ONLY_STATES = Set.of(
            "AK", "CT", "DC", "FL", "HI", "IA", "KS", "MA", "MI", "MN", "MS", "NH", "NJ", "NM", "NV", "NY", "OH", "OK",
            "OR", "RI", "TX", "UT", "VT", "WA", "WI", "WV", "WY");
    private static final Set<String> NAMES = Set.of(
            "california",
            "texas",
            "florida",
            "newyork",
            "newyorkcity",
            "illinois",
            "pennsylvania",
            "ohio",
            "michigan",
            "northcarolina",
            "southcarolina",
            "newjersey",
            "virginia",
            "washington",
            "arizona",
            "massachusetts",
            "tennessee",
            "indiana",
            "missouri",
            "maryland",
            "wisconsin",
            "colorado",
            "minnesota",
            "alabama",
            "louisiana",
            "kentucky",
            "oregon",
            "oklahoma",
            "connecticut",
            "utah",
            "iowa",
            "nevada",
            "arkansas",
            "mississippi",
            "kansas",
            "hawaii");
    private static final Set<String> CITIES = Set.of(
            "losangelesca",
            "sanfranciscoca",
            "sandiegoca",
            "sanjoseca",
            "oaklandca",
            "denverco",
            "chicagoil",
            "indianapolisin",
            "atlantaga",
            "philadelphiapa",
            "pittsburghpa",
            "neworleansla",
            "baltimoremd",
            "stlouismo",
            "kansascitymo",
            "charlottenc",
            "raleighnc",
            "portlandme",
            "nashvilletn",
            "memphistn",
            "phoenixaz",
            "richmondva",
            "boiseid",
            "omahane",
            "charlestonsc",
            "birminghamal",
            "hollywoodca",
            "beverlyhillsca",
            "malibuca",
            "sacramentoca",
            "longbeachca",
            "irvineca",
            "annarbormi",
            "wilmingtonde");

    private UsStates() {}

    /** 'US' where the place is there for sure. */
    static Optional<String> country(String place) {
        var comma = place.lastIndexOf(',');
        if (comma < 0) {
            return Optional.empty();
        }
        var last = place.substring(comma + 1).strip();
        var known = ONLY_STATES.contains(last.toUpperCase(Locale.ROOT))
                || NAMES.contains(NicheTree.key(last))
                || last.length() == 2 && CITIES.contains(NicheTree.key(place));
        return known ? Optional.of("US") : Optional.empty();
    }
}
