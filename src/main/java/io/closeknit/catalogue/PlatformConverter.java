package io.closeknit.catalogue;

import io.closeknit.catalogue.CreatorDocument.Platform;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Platforms by the names that the API has for them. */
@Converter
class PlatformConverter implements AttributeConverter<@Nullable Platform, @Nullable String> {
    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Platform platform) {
        return platform == null ? null : platform.key();
    }

    @Override
    public @Nullable Platform convertToEntityAttribute(@Nullable String key) {
        return key == null ? null : Platform.valueOf(key.toUpperCase(Locale.ROOT));
    }
}
