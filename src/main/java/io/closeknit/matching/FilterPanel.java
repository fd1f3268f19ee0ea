package io.closeknit.matching;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filters as the form shows them. Together with {@code hidden} the controls hold everything that the address filters by,
 * so that sending the form loses nothing.
 *
 * @param choices checkboxes by parameter, with how many creators each would show
 * @param selects values to choose one of, by parameter
 * @param lists long ones of the same, by parameter, as markup: a template would spend half of the page's time on them
 * @param texts what fields to type into hold, by parameter
 * @param hidden what no control shows
 */
record FilterPanel(
        Map<String, List<Option>> choices,
        Map<String, List<Option>> selects,
        Map<String, String> lists,
        Map<String, String> texts,
        List<Hidden> hidden,
        boolean keepUnknown,
        boolean leaveOutDoNotContact) {
    /**
     * @param note said in small letters behind the label; null: none
     * @param count null where it was not counted
     */
    record Option(
            String id,
            String value,
            String label,
            @Nullable String note,
            @Nullable Integer count,
            boolean chosen) {}

    record Hidden(String name, String value) {}
}
