package io.quittance.quickstart.shop;

import java.util.Locale;

/** Where customers live; decides what names and streets look like. */
enum Country {
    DE(Locale.GERMANY),
    FR(Locale.FRANCE),
    GB(Locale.UK),
    ES(Locale.forLanguageTag("es-ES")),
    PL(Locale.forLanguageTag("pl-PL"));

    private final Locale locale;

    Country(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }
}
