package io.quittance.quickstart.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the shop holds, table by table; rows refer to each other by their ids. Amounts are in cents. The people are
 * made up, but their data is handled as if they were not: nothing of it is in a {@code toString}.
 */
public record Shop(
        List<Customer> customers,
        List<Address> addresses,
        List<Product> products,
        List<Order> orders,
        List<OrderLine> orderLines,
        List<Payment> payments,
        List<Invoice> invoices,
        List<SupportTicket> supportTickets,
        List<Consent> consents) {

    public Shop {
        customers = List.copyOf(customers);
        addresses = List.copyOf(addresses);
        products = List.copyOf(products);
        orders = List.copyOf(orders);
        orderLines = List.copyOf(orderLines);
        payments = List.copyOf(payments);
        invoices = List.copyOf(invoices);
        supportTickets = List.copyOf(supportTickets);
        consents = List.copyOf(consents);
    }

    @Override
    public String toString() {
        return "Shop[%d customers]".formatted(customers.size());
    }

    /**
     * A person with an account.
     *
     * @param subjectId the pseudonym under which privacy requests speak of this person
     */
    public record Customer(
            String customerId,
            String subjectId,
            String firstName,
            String lastName,
            String email,
            @Nullable String phone,
            @Nullable LocalDate dateOfBirth,
            String preferredLanguage,
            int loyaltyPoints,
            Instant registeredAt) {

        public String fullName() {
            return firstName + " " + lastName;
        }

        @Override
        public String toString() {
            return "Customer[redacted]";
        }
    }

    /** Where a customer is billed, or gets parcels. */
    public record Address(
            long addressId,
            String customerId,
            Kind kind,
            String recipient,
            String street,
            String postalCode,
            String city,
            String country) {
        /** What it is used for. */
        public enum Kind {
            BILLING,
            SHIPPING
        }

        @Override
        public String toString() {
            return "Address[redacted]";
        }
    }

    /** What is sold; nobody's personal data. */
    public record Product(String productId, String name, String department, long priceCents) {}

    /** What a customer bought at once. */
    public record Order(
            String orderId,
            String customerId,
            long shippingAddressId,
            Instant placedAt,
            Status status,
            String currency,
            long totalCents,
            @Nullable String deliveryNote) {
        /** How far it has come. */
        public enum Status {
            PLACED,
            SHIPPED,
            DELIVERED,
            CANCELLED
        }

        @Override
        public String toString() {
            return "Order[redacted]";
        }
    }

    /** One product of an order. */
    public record OrderLine(
            String orderId,
            int lineNumber,
            String productId,
            int quantity,
            long unitPriceCents,
            @Nullable String giftMessage) {
        @Override
        public String toString() {
            return "OrderLine[redacted]";
        }
    }

    /**
     * How an order was paid.
     *
     * @param ibanToken shaped like an IBAN, with check digits that no real one has; null for cards
     */
    public record Payment(
            String paymentId,
            String orderId,
            Method method,
            String accountHolder,
            @Nullable String ibanToken,
            long amountCents,
            String currency,
            Instant paidAt) {
        /** Means of payment. */
        public enum Method {
            SEPA_DEBIT,
            CARD,
            INVOICE
        }

        @Override
        public String toString() {
            return "Payment[redacted]";
        }
    }

    /** What was sent to be paid: a copy of name and address as they were, kept for the tax office. */
    public record Invoice(
            String invoiceNumber,
            String customerId,
            String orderNumber,
            LocalDate issuedOn,
            String billingName,
            String billingStreet,
            String billingPostalCode,
            String billingCity,
            String billingCountry,
            long netCents,
            long vatCents,
            long grossCents,
            String currency) {
        @Override
        public String toString() {
            return "Invoice[redacted]";
        }
    }

    /** What a customer wrote, in their own words. */
    public record SupportTicket(
            long ticketId,
            String customerId,
            @Nullable String orderId,
            Instant openedAt,
            Channel channel,
            State status,
            String subject,
            String message) {
        /** How it came in. */
        public enum Channel {
            EMAIL,
            PHONE,
            CHAT
        }

        /** Whether somebody still works on it. */
        public enum State {
            OPEN,
            SOLVED
        }

        @Override
        public String toString() {
            return "SupportTicket[redacted]";
        }
    }

    /** What a customer allowed or forbade. */
    public record Consent(
            long consentId,
            String customerId,
            Purpose purpose,
            boolean granted,
            Instant recordedAt,
            @Nullable String sourceIp) {
        /** What it is for. */
        public enum Purpose {
            NEWSLETTER,
            PROFILING,
            PARTNER_OFFERS
        }

        @Override
        public String toString() {
            return "Consent[redacted]";
        }
    }
}
