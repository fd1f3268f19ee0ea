package io.closeknit.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shares of a whole as labelled horizontal bars, {@code fragments/charts :: bars}. The longest bar fills the width, so
 * bars compare within one chart and not with another.
 *
 * @param items in the order shown; none: the fragment says that there is nothing
 */
public record ShareBars(List<Item> items) {
    public ShareBars {
        items = List.copyOf(items);
    }

    /**
     * @param label already worded
     * @param share 0 to 1
     * @param note in small behind the share, such as where it came from; null for none
     * @param marked what the brief asks for; drawn in the accent and marked with a tick
     */
    public record Item(String label, double share, @Nullable String note, boolean marked) {
        public Item {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("A share must be 0 to 1 but was " + share);
            }
        }

        public Item(String label, double share) {
            this(label, share, null, false);
        }
    }

    /** The width of an item's bar, against the longest. */
    public String width(Item item) {
        var longest = items.stream().mapToDouble(Item::share).max().orElse(0);
        return longest == 0 ? "0%" : String.format(Locale.ROOT, "%.2f%%", 100 * item.share() / longest);
    }
}
