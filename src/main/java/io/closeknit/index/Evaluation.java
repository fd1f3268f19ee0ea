package io.closeknit.index;

/** What a compiled brief says of one row: a reusable holder, not safe to share between threads. */
final class Evaluation {
    /** The strongest evidence that she would believe in the brand, or would not. */
    enum Belief {
        COMPETITOR,
        UNPAID_BRAND,
        PAID_BRAND,
        UNPAID_CATEGORY,
        PAID_CATEGORY,
        NONE
    }

    /** By ordinal of {@link Criterion}; 0 where not asked. */
    final double[] value = new double[Criterion.COUNT];

    final double[] low = new double[Criterion.COUNT];
    final double[] high = new double[Criterion.COUNT];
    /** Bit by ordinal of {@link Criterion}. */
    int known;

    /** From 0 to 100. */
    double score;

    double lowScore;
    double highScore;

    /** Index of the main account among the row's; -1 where none is on the brief's platforms. */
    int main;

    int tier;
    /** The estimated share of the audience that is the target; NaN where one dimension is not known. */
    double audienceShare;
    /** By dimension, see {@link Audiences}; NaN where not asked or not known. */
    final double[] dimensions = new double[Audiences.DIMENSIONS];

    Belief belief = Belief.NONE;
    /** Index of the mention that shows it; -1 where none does. */
    int beliefMention;

    /** Share of the followers held to be real; NaN where not known. */
    double realFollowers;
    /** Places among the peers, of the main account; NaN where not known. */
    double engagementPlace;

    double commentsPlace;

    /** Index of the account with the lowest cost; -1 where the cost is not known. */
    int valueAccount;
    /** EUR for one piece on that account, and engaged target people. */
    double price;

    double engagedTarget;
    /** EUR per engaged target person if what the audience maps leave open were all of the target. */
    double cheapestPossible;

    boolean isKnown(Criterion criterion) {
        return (known >> criterion.ordinal() & 1) != 0;
    }

    void set(Criterion criterion, double exact) {
        set(criterion, exact, exact, exact, true);
    }

    void set(Criterion criterion, double middle, double lowEnd, double highEnd, boolean isKnown) {
        var i = criterion.ordinal();
        value[i] = middle;
        low[i] = lowEnd;
        high[i] = highEnd;
        if (isKnown) {
            known |= 1 << i;
        }
    }
}
