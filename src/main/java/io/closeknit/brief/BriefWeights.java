package io.closeknit.brief;

import io.closeknit.web.Criteria;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The criteria that a brief can weigh, in their fixed order, with the weights that hold where a brief names none. */
public final class BriefWeights {
    /** The default weights, in the order in which the criteria are shown everywhere; see the design's page on the fit. */
    public static final Map<String, Double> DEFAULTS;

    static {
        var defaults = new LinkedHashMap<String, Double>();
        defaults.put("relevance", 25.0);
        defaults.put("audience", 25.0);
        defaults.put("bond", 15.0);
        defaults.put("credibility", 10.0);
        defaults.put("belief", 10.0);
        defaults.put("focus", 5.0);
        defaults.put("authenticity", 5.0);
        defaults.put("value", 5.0);
        DEFAULTS = Collections.unmodifiableMap(defaults);
    }

    /** The keys of the criteria, in their fixed order. */
    public static final List<String> CRITERIA = Criteria.KEYS;

    private BriefWeights() {}
}
