package io.closeknit.matching;

import java.math.BigDecimal;

/** Numbers as addresses hold them. */
final class Numbers {
    private Numbers() {}

    /** Without an exponent and without zeros that say nothing: 25, 0.05. */
    static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
