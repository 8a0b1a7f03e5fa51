package io.quittance.quickstart.shop;

import io.quittance.quickstart.shop.PeopleGenerator.Person;
import io.quittance.quickstart.shop.Shop.Address;
import io.quittance.quickstart.shop.Shop.Invoice;
import io.quittance.quickstart.shop.Shop.Order;
import io.quittance.quickstart.shop.Shop.OrderLine;
import io.quittance.quickstart.shop.Shop.Payment;
import io.quittance.quickstart.shop.Shop.Product;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.datafaker.Faker;
import org.jspecify.annotations.Nullable;

/** Makes what is sold, what was bought, how it was paid and what was invoiced. */
final class SalesGenerator {
    private static final String CURRENCY = "EUR";
    private static final int VAT_PERCENT = 19;
    private static final int PRODUCTS = 200;
    private static final int MOST_ORDERS = 5;
    private static final int MOST_LINES = 4;

    private final Dice dice;
    private final Instant now;
    private final Faker faker;
    private final List<Product> products;
    private int lastOrder = 0;

    SalesGenerator(Dice dice, Instant now) {
        this.dice = dice;
        this.now = now;
        this.faker = new Faker(Country.GB.locale(), dice.random());
        this.products =
                IntStream.rangeClosed(1, PRODUCTS).mapToObj(this::product).toList();
    }

    /** One order and all that follows from it; no invoice if it was cancelled. */
    record Sale(
            Order order,
            List<OrderLine> lines,
            @Nullable Payment payment,
            @Nullable Invoice invoice) {}

    List<Product> products() {
        return products;
    }

    /** Everything this customer ever bought; for some, nothing. */
    List<Sale> sales(Person person) {
        return IntStream.range(0, dice.between(0, MOST_ORDERS))
                .mapToObj(any -> sale(person))
                .toList();
    }

    private Product product(int number) {
        return new Product(
                "P-%04d".formatted(number),
                faker.commerce().productName(),
                faker.commerce().department(),
                dice.between(199, 24_999));
    }

    private Sale sale(Person person) {
        String orderId = "O-%07d".formatted(++lastOrder);
        List<OrderLine> lines = lines(orderId, person);
        Order order = order(orderId, person, lines);
        if (order.status() == Order.Status.CANCELLED) {
            return new Sale(order, lines, null, null);
        }
        return new Sale(order, lines, payment(order, person), invoice(order, person));
    }

    private List<OrderLine> lines(String orderId, Person person) {
        var lines = new ArrayList<OrderLine>();
        int count = dice.between(1, MOST_LINES);
        for (int line = 1; line <= count; line++) {
            Product product = dice.oneOf(products);
            lines.add(new OrderLine(
                    orderId, line, product.productId(), dice.between(1, 3), product.priceCents(), giftMessage(person)));
        }
        return lines;
    }

    private @Nullable String giftMessage(Person person) {
        return dice.percent(8)
                ? "Happy birthday 🎈 and love from %s"
                        .formatted(person.customer().firstName())
                : null;
    }

    private Order order(String orderId, Person person, List<OrderLine> lines) {
        Address destination = dice.oneOf(person.addresses());
        long total = lines.stream()
                .mapToLong(line -> line.quantity() * line.unitPriceCents())
                .sum();
        return new Order(
                orderId,
                person.customer().customerId(),
                destination.addressId(),
                dice.momentBetween(person.customer().registeredAt(), now.minus(Duration.ofDays(10))),
                status(),
                CURRENCY,
                total,
                deliveryNote(person));
    }

    private Order.Status status() {
        return dice.percent(80) ? Order.Status.DELIVERED : dice.oneOf(Order.Status.values());
    }

    private @Nullable String deliveryNote(Person person) {
        return dice.percent(20)
                ? dice.oneOf(List.of(
                                "Please leave it with the neighbours, they know %s.",
                                "The bell says %s, second floor.", "Not before noon, and ask for %s."))
                        .formatted(person.customer().lastName())
                : null;
    }

    private Payment payment(Order order, Person person) {
        Payment.Method method = dice.oneOf(Payment.Method.values());
        return new Payment(
                order.orderId().replace('O', 'Z'),
                order.orderId(),
                method,
                person.customer().fullName(),
                method == Payment.Method.SEPA_DEBIT ? ibanToken(person) : null,
                order.totalCents(),
                order.currency(),
                order.placedAt().plus(Duration.ofMinutes(dice.between(1, 5_000))));
    }

    private String ibanToken(Person person) {
        return person.billingAddress().country() + "00" + dice.digits(18);
    }

    private static Invoice invoice(Order order, Person person) {
        Address billing = person.billingAddress();
        long net = order.totalCents() * 100 / (100 + VAT_PERCENT);
        return new Invoice(
                order.orderId().replace("O", "INV"),
                order.customerId(),
                order.orderId(),
                LocalDate.ofInstant(order.placedAt(), ZoneOffset.UTC).plusDays(1),
                billing.recipient(),
                billing.street(),
                billing.postalCode(),
                billing.city(),
                billing.country(),
                net,
                order.totalCents() - net,
                order.totalCents(),
                order.currency());
    }
}
