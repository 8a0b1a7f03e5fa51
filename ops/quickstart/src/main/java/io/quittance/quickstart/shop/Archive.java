package io.quittance.quickstart.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.quickstart.shop.Shop.Invoice;
import io.quittance.quickstart.shop.Shop.SupportTicket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shop's paper archive: letters and transcripts under {@code customers/<customer_id>/}. */
public final class Archive {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Archive() {}

    /**
     * A document of one customer.
     *
     * @param key in the bucket
     * @param body text or JSON
     */
    public record Document(String key, String contentType, String body) {
        @Override
        public String toString() {
            return "Document[redacted]";
        }
    }

    /** Where all documents of a customer are, with a slash at its end. */
    public static String prefix(String customerId) {
        return "customers/%s/".formatted(customerId);
    }

    /**
     * The documents of the first customers: a letter and a profile each, and what else there is of them.
     *
     * @param customers how many customers have documents at all
     */
    public static List<Document> documents(Shop shop, int customers) {
        Map<String, List<SupportTicket>> tickets =
                shop.supportTickets().stream().collect(Collectors.groupingBy(SupportTicket::customerId));
        Map<String, List<Invoice>> invoices =
                shop.invoices().stream().collect(Collectors.groupingBy(Invoice::customerId));
        return shop.customers().stream()
                .limit(customers)
                .flatMap(customer -> Stream.of(
                                Stream.of(letter(customer), profile(customer)),
                                tickets.getOrDefault(customer.customerId(), List.of()).stream()
                                        .map(Archive::transcript),
                                invoices.getOrDefault(customer.customerId(), List.of()).stream()
                                        .limit(1)
                                        .map(Archive::reminder))
                        .flatMap(documents -> documents))
                .toList();
    }

    private static Document letter(Customer customer) {
        return text(customer.customerId(), "welcome-letter", """
                Dear %s,

                thank you for opening an account with us. We will write to %s.

                Your shop
                """.formatted(customer.fullName(), customer.email()));
    }

    private static Document profile(Customer customer) {
        var profile = new LinkedHashMap<String, Object>();
        profile.put("customer", customer.customerId());
        profile.put("name", customer.fullName());
        profile.put("email", customer.email());
        profile.put("registered_at", customer.registeredAt().toString());
        return json(customer.customerId(), "profile", profile);
    }

    private static Document transcript(SupportTicket ticket) {
        var transcript = new LinkedHashMap<String, Object>();
        transcript.put("ticket", ticket.ticketId());
        transcript.put("opened_at", ticket.openedAt().toString());
        transcript.put("subject", ticket.subject());
        transcript.put("said", ticket.message());
        return json(ticket.customerId(), "ticket-%d".formatted(ticket.ticketId()), transcript);
    }

    private static Document reminder(Invoice invoice) {
        return text(
                invoice.customerId(),
                "reminder-" + invoice.invoiceNumber(),
                "%s%n%s%n%s %s%n%nA kind reminder of our invoice %s.%n"
                        .formatted(
                                invoice.billingName(),
                                invoice.billingStreet(),
                                invoice.billingPostalCode(),
                                invoice.billingCity(),
                                invoice.invoiceNumber()));
    }

    private static Document text(String customerId, String name, String body) {
        return new Document(prefix(customerId) + name + ".txt", "text/plain; charset=utf-8", body);
    }

    private static Document json(String customerId, String name, Map<String, Object> content) {
        try {
            return new Document(
                    prefix(customerId) + name + ".json", "application/json", JSON.writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of text and numbers is always JSON", e);
        }
    }
}
