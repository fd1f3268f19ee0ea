package io.closeknit.matching;

import io.closeknit.web.KnownParameters;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a handler that reads filters: the one vocabulary of the API and of Discover's address bar, with weights. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@KnownParameters({
    "q",
    "platform",
    "followersMin",
    "followersMax",
    "tier",
    "niche",
    "country",
    "language",
    "erMin",
    "growthMin",
    "authenticityMin",
    "sponsoredShareMax",
    "workedWith",
    "priceMax",
    "priceCurrency",
    "lastPostWithinDays",
    "audienceCountry",
    "audienceAge",
    "audienceGender",
    "audienceLanguage",
    "audienceInterest",
    "hasContact",
    "leaveOutDoNotContact",
    "keepUnknown",
    "sort",
    "brief",
    "limit",
    "cursor",
    "w.*"
})
@interface SelectionParameters {}
