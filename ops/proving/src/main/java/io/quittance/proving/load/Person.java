package io.quittance.proving.load;

import io.quittance.proving.history.Digest;
import io.quittance.proving.history.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * A made-up person with rows and letters. Every value that could give them away holds {@value #MARK}, so that one that
 * turns up where it should not is found.
 *
 * @param rows by system and table
 * @param letters content by name
 */
record Person(
        String subjectId,
        String customerId,
        String email,
        Map<String, Map<String, List<Map<String, @Nullable String>>>> rows,
        Map<String, String> letters) {
    /** As the checker's marker; a test compares them. */
    static final String MARK = "qxz9";

    /** Columns that the data map empties on ANONYMIZE. */
    private static final Set<String> ANONYMIZED =
            Set.of("gift_message", "delivery_note", "street", "full_name", "email", "phone");

    /** One in so many has letters: objects are slow to make. */
    private static final int WITH_LETTERS = 3;

    private static final List<String> CITIES = List.of("Aachen", "Basel", "Cork", "Delft", "Evora");

    /** The person of that number. The same seed gives the same person. */
    static Person of(long seed, int number) {
        var dice = new Random(seed * 31 + number);
        String digits = String.format(Locale.ROOT, "%07d", number);
        String customer = MARK + "-" + digits;
        String email = MARK + "." + digits + "@people.example";
        Map<String, Map<String, List<Map<String, @Nullable String>>>> rows = new LinkedHashMap<>();
        rows.put(Estate.SALES, sales(dice, customer, digits));
        rows.put(Estate.CRM, crm(dice, customer, email, digits));
        Map<String, String> letters = new LinkedHashMap<>();
        if (number % WITH_LETTERS == 0) {
            for (int letter = 0; letter <= dice.nextInt(2); letter++) {
                letters.put("letter-" + letter + ".txt", "Dear " + MARK + " " + digits + ", this is letter " + letter);
            }
        }
        return new Person("subject-" + digits, customer, email, rows, letters);
    }

    /** Where Kafka's own clients put what is keyed by the subject. */
    int partition() {
        return BuiltInPartitioner.partitionForKey(subjectId.getBytes(StandardCharsets.UTF_8), Estate.PARTITIONS);
    }

    /** What the history is told of them. */
    Subject subject() {
        Map<String, Map<String, List<String>>> held = new HashMap<>();
        Map<String, Map<String, List<String>>> kept = new HashMap<>();
        rows.forEach((system, tables) -> tables.forEach((table, entries) -> {
            held.computeIfAbsent(system, any -> new HashMap<>())
                    .put(table, entries.stream().map(Digest::ofRow).toList());
            kept.computeIfAbsent(system, any -> new HashMap<>())
                    .put(
                            table,
                            entries.stream()
                                    .map(row -> Digest.ofRowWithout(ANONYMIZED, row))
                                    .toList());
        }));
        List<String> objects = new ArrayList<>();
        letters.forEach((name, text) ->
                objects.add(Digest.ofObject(name, Digest.sha256(text.getBytes(StandardCharsets.UTF_8)))));
        held.put(Estate.ARCHIVE, Map.of("documents", objects));
        return new Subject(subjectId, customerId, email, held, kept);
    }

    @Override
    public String toString() {
        return "Person[" + subjectId + "]";
    }

    private static Map<String, List<Map<String, @Nullable String>>> sales(Random dice, String customer, String digits) {
        List<Map<String, @Nullable String>> orders = new ArrayList<>();
        List<Map<String, @Nullable String>> lines = new ArrayList<>();
        List<Map<String, @Nullable String>> invoices = new ArrayList<>();
        for (int order = 0; order <= dice.nextInt(2); order++) {
            String orderId = "o-" + digits + "-" + order;
            Map<String, @Nullable String> row = new HashMap<>();
            row.put("order_id", orderId);
            row.put("customer_id", customer);
            row.put("total", dice.nextInt(10_000) + ".00");
            row.put("delivery_note", MARK + " lives on floor " + dice.nextInt(9));
            orders.add(row);
            for (int line = 0; line <= dice.nextInt(2); line++) {
                Map<String, @Nullable String> bought = new HashMap<>();
                bought.put("line_id", orderId + "-" + line);
                bought.put("order_id", orderId);
                bought.put("product", "product " + dice.nextInt(100));
                bought.put("gift_message", "for " + MARK + " " + digits);
                lines.add(bought);
            }
        }
        for (int invoice = 0; invoice < dice.nextInt(3); invoice++) {
            Map<String, @Nullable String> row = new HashMap<>();
            row.put("invoice_id", "i-" + digits + "-" + invoice);
            row.put("customer_id", customer);
            row.put("billing_name", MARK + " " + digits);
            row.put("gross", dice.nextInt(10_000) + ".00");
            invoices.add(row);
        }
        return Map.of("orders", orders, "order_lines", lines, "invoices", invoices);
    }

    private static Map<String, List<Map<String, @Nullable String>>> crm(
            Random dice, String customer, String email, String digits) {
        Map<String, @Nullable String> row = new HashMap<>();
        row.put("customer_id", customer);
        row.put("full_name", MARK + " " + digits);
        row.put("email", email);
        row.put("phone", dice.nextBoolean() ? null : MARK + "/" + dice.nextInt(1_000_000));
        row.put("language", dice.nextBoolean() ? "de" : "en");
        Map<String, @Nullable String> address = new HashMap<>();
        address.put("address_id", "a-" + digits);
        address.put("customer_id", customer);
        address.put("street", MARK + " street " + dice.nextInt(200));
        address.put("city", CITIES.get(dice.nextInt(CITIES.size())));
        return Map.of("customers", List.of(row), "addresses", List.of(address));
    }
}
