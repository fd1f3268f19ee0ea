package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.NumberCell.DecimalMark;
import org.jspecify.annotations.Nullable;

/**
 * How one column is read.
 *
 * @param column its name, unique in the file: see {@link ColumnNames}
 * @param field what it holds; null where it is left out
 * @param platform of the account that it is about; null where it is the row's
 * @param unit of rates; null where it is not known: then a cell without a percent sign is rejected
 * @param decimal what separates the decimals
 */
record ColumnMapping(
        String column,
        @Nullable ImportField field,
        @Nullable Platform platform,
        @Nullable Unit unit,
        DecimalMark decimal) {

    static ColumnMapping ignored(String column) {
        return new ColumnMapping(column, null, null, null, DecimalMark.UNCLEAR);
    }

    ColumnMapping withUnit(@Nullable Unit other) {
        return new ColumnMapping(column, field, platform, other, decimal);
    }
}
