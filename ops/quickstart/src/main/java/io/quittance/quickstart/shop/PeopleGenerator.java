package io.quittance.quickstart.shop;

import io.quittance.quickstart.shop.Shop.Address;
import io.quittance.quickstart.shop.Shop.Consent;
import io.quittance.quickstart.shop.Shop.Customer;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.datafaker.Faker;
import org.jspecify.annotations.Nullable;

/** Makes customers, where they live and what they allowed. */
final class PeopleGenerator {
    private static final Duration OLDEST_ACCOUNT = Duration.ofDays(4 * 365);
    /** Reserved by RFC 2606: no mail can ever reach anyone there. */
    private static final List<String> MAIL_DOMAINS = List.of("example.com", "example.org", "example.net");

    private final Dice dice;
    private final Instant now;
    private final Map<Country, Faker> fakers = new EnumMap<>(Country.class);
    private long lastAddress = 0;
    private long lastConsent = 0;

    PeopleGenerator(Dice dice, Instant now) {
        this.dice = dice;
        this.now = now;
        for (Country country : Country.values()) {
            fakers.put(country, new Faker(country.locale(), dice.random()));
        }
    }

    /** One customer and the rows that belong to nobody else, billing address first. */
    record Person(Customer customer, List<Address> addresses, List<Consent> consents) {
        Address billingAddress() {
            return addresses.get(0);
        }
    }

    /** @param number counts customers, from 1 */
    Person person(int number) {
        Country country = dice.oneOf(Country.values());
        Faker faker = Objects.requireNonNull(fakers.get(country));
        Customer customer = customer(number, country, faker);
        return new Person(customer, addresses(customer, country, faker), consents(customer));
    }

    private Customer customer(int number, Country country, Faker faker) {
        String first = faker.name().firstName();
        String last = faker.name().lastName();
        return new Customer(
                "C-%06d".formatted(number),
                "sub-" + dice.hex(16),
                first,
                last,
                "%s.%s.%d@%s".formatted(mailPart(first), mailPart(last), number, dice.oneOf(MAIL_DOMAINS)),
                dice.percent(85) ? faker.phoneNumber().phoneNumber() : null,
                dice.percent(70) ? birthday() : null,
                country.locale().getLanguage(),
                dice.between(0, 5_000),
                dice.momentBetween(now.minus(OLDEST_ACCOUNT), now.minus(Duration.ofDays(30))));
    }

    private LocalDate birthday() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC)
                .minusYears(dice.between(18, 85))
                .minusDays(dice.between(0, 364));
    }

    private static String mailPart(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^A-Za-z]", "");
        return ascii.isEmpty() ? "customer" : ascii.toLowerCase(Locale.ROOT);
    }

    private List<Address> addresses(Customer customer, Country country, Faker faker) {
        var addresses = new ArrayList<Address>();
        addresses.add(address(customer, Address.Kind.BILLING, customer.fullName(), country, faker));
        if (dice.percent(40)) {
            String recipient =
                    dice.percent(50) ? customer.fullName() : faker.name().fullName();
            addresses.add(address(customer, Address.Kind.SHIPPING, recipient, country, faker));
        }
        return addresses;
    }

    private Address address(Customer customer, Address.Kind kind, String recipient, Country country, Faker faker) {
        return new Address(
                ++lastAddress,
                customer.customerId(),
                kind,
                recipient,
                faker.address().streetAddress(),
                faker.address().zipCode(),
                faker.address().city(),
                country.name());
    }

    private List<Consent> consents(Customer customer) {
        var consents = new ArrayList<Consent>();
        for (Consent.Purpose purpose : Consent.Purpose.values()) {
            if (dice.percent(70)) {
                consents.add(new Consent(
                        ++lastConsent,
                        customer.customerId(),
                        purpose,
                        dice.percent(50),
                        dice.momentBetween(customer.registeredAt(), now),
                        sourceIp()));
            }
        }
        return consents;
    }

    /** From the ranges that RFC 5737 keeps for documentation. */
    private @Nullable String sourceIp() {
        return dice.percent(90)
                ? "%s.%d".formatted(dice.oneOf(List.of("192.0.2", "198.51.100", "203.0.113")), dice.between(1, 254))
                : null;
    }
}
