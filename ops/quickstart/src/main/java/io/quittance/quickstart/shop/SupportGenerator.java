package io.quittance.quickstart.shop;

import io.quittance.quickstart.shop.SalesGenerator.Sale;
import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.quickstart.shop.Shop.Order;
import io.quittance.quickstart.shop.Shop.SupportTicket;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes what people write to a help desk: free text, with names and numbers in the middle of it. */
final class SupportGenerator {
    /** Subject, and message with the places for name, order and contact. */
    private record Wording(String subject, String message) {}

    private static final List<Wording> WORDINGS = List.of(
            new Wording(
                    "Where is my parcel?",
                    "Hello, my name is %1$s and I am waiting for %2$s since last week. Please call me: %3$s."),
            new Wording(
                    "Wrong size",
                    "Dear team, in %2$s the size is wrong. Can I send it back? Kind regards, %1$s (%3$s)"),
            new Wording(
                    "Change of address",
                    "Hi, %1$s here. We have moved; please write to me at %3$s about %2$s. Merci! 🙏"),
            new Wording(
                    "Invoice", "I cannot find the invoice for %2$s. It should be in the name of %1$s. Reach me: %3$s"),
            new Wording(
                    "Delete my account?",
                    "What do you know about me? I am %1$s, you have %2$s, and I gave you %3$s at some point."));

    private final Dice dice;
    private final Instant now;
    private long lastTicket = 0;

    SupportGenerator(Dice dice, Instant now) {
        this.dice = dice;
        this.now = now;
    }

    List<SupportTicket> tickets(Customer customer, List<Sale> sales) {
        int count = dice.percent(40) ? dice.between(1, 3) : 0;
        return IntStream.range(0, count)
                .mapToObj(any -> ticket(customer, sales))
                .toList();
    }

    private SupportTicket ticket(Customer customer, List<Sale> sales) {
        Order order = sales.isEmpty() ? null : dice.oneOf(sales).order();
        Wording wording = dice.oneOf(WORDINGS);
        return new SupportTicket(
                ++lastTicket,
                customer.customerId(),
                order == null ? null : order.orderId(),
                dice.momentBetween(order == null ? customer.registeredAt() : order.placedAt(), now),
                dice.oneOf(SupportTicket.Channel.values()),
                dice.oneOf(SupportTicket.State.values()),
                wording.subject(),
                wording.message().formatted(customer.fullName(), orderName(order), contact(customer)));
    }

    private static String orderName(@Nullable Order order) {
        return order == null ? "my account" : "order " + order.orderId();
    }

    private static String contact(Customer customer) {
        return Objects.requireNonNullElse(customer.phone(), customer.email());
    }
}
