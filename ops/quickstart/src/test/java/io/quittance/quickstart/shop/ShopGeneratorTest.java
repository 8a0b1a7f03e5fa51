package io.quittance.quickstart.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.quickstart.shop.Shop.Order;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShopGeneratorTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Shop SHOP = ShopGenerator.generate(7, NOW, 200);

    @Test
    void theSameSeedGivesTheSameShop() {
        assertThat(ShopGenerator.generate(7, NOW, 200)).isEqualTo(SHOP);
    }

    @Test
    void anotherSeedGivesOtherPeople() {
        assertThat(ShopGenerator.generate(8, NOW, 200).customers()).isNotEqualTo(SHOP.customers());
    }

    @Test
    void mailAddressesAndSubjectsAreUniqueAndReachNobody() {
        assertThat(unique(Customer::email)).hasSize(200);
        assertThat(unique(Customer::subjectId)).hasSize(200);
        assertThat(SHOP.customers())
                .allSatisfy(customer ->
                        assertThat(customer.email()).matches("[a-z]+\\.[a-z]+\\.\\d+@example\\.(com|org|net)"));
    }

    @Test
    void aSubjectIdTellsNothingOfTheCustomerNumber() {
        assertThat(SHOP.customers())
                .allSatisfy(customer -> assertThat(customer.subjectId()).matches("sub-[0-9a-f]{16}"));
    }

    @Test
    void anOrderIsWorthTheSumOfItsLines() {
        assertThat(SHOP.orders())
                .isNotEmpty()
                .allSatisfy(order -> assertThat(linesOf(order)).isEqualTo(order.totalCents()));
    }

    @Test
    void everyOrderThatWasNotCancelledHasOneInvoiceThatAddsUp() {
        Set<String> invoiced =
                SHOP.invoices().stream().map(Shop.Invoice::orderNumber).collect(Collectors.toSet());
        Set<String> standing = SHOP.orders().stream()
                .filter(order -> order.status() != Order.Status.CANCELLED)
                .map(Order::orderId)
                .collect(Collectors.toSet());

        assertThat(invoiced).isEqualTo(standing).hasSameSizeAs(SHOP.invoices());
        assertThat(SHOP.invoices())
                .allSatisfy(invoice ->
                        assertThat(invoice.netCents() + invoice.vatCents()).isEqualTo(invoice.grossCents()));
    }

    @Test
    void nothingHappensAfterNow() {
        assertThat(SHOP.supportTickets()).allMatch(ticket -> ticket.openedAt().isBefore(NOW));
        assertThat(SHOP.payments()).allMatch(payment -> payment.paidAt().isBefore(NOW));
        assertThat(SHOP.consents()).allMatch(consent -> consent.recordedAt().isBefore(NOW));
    }

    @Test
    void aRowInALogTellsNothingOfAPerson() {
        Customer first = SHOP.customers().get(0);

        assertThat(first.toString()).doesNotContain(first.customerId(), first.lastName(), first.email());
        assertThat(SHOP.toString()).doesNotContain(first.customerId(), first.lastName(), first.email());
    }

    @Test
    void documentsLieUnderTheirCustomersPrefixAndSpeakOfThem() {
        var documents = Archive.documents(SHOP, 20);

        assertThat(documents.stream().map(Archive.Document::key)).doesNotHaveDuplicates();
        assertThat(documents.stream()
                        .map(document -> document.key().split("/")[1])
                        .distinct())
                .hasSize(20);
        Customer first = SHOP.customers().get(0);
        assertThat(documents)
                .filteredOn(document -> document.key().equals(Archive.prefix(first.customerId()) + "profile.json"))
                .singleElement()
                .satisfies(document -> assertThat(document.body()).contains(first.email()));
    }

    private static long linesOf(Order order) {
        return SHOP.orderLines().stream()
                .filter(line -> line.orderId().equals(order.orderId()))
                .mapToLong(line -> line.quantity() * line.unitPriceCents())
                .sum();
    }

    private static Set<String> unique(Function<Customer, String> property) {
        return SHOP.customers().stream().map(property).collect(Collectors.toSet());
    }
}
