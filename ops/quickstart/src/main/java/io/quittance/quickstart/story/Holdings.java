package io.quittance.quickstart.story;

import io.quittance.quickstart.shop.Archive;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What the systems hold on one customer, found without the pipeline: by SQL in the shop's tables and by listing the
 * archive.
 *
 * @param rows rows per table
 * @param fingerprint of every row and object; equal if and only if nothing was touched
 */
public record Holdings(Map<String, Integer> rows, int documents, String fingerprint) {
    private static final Map<String, String> TABLES = tables();

    static Holdings of(String customerId, Connection database, S3Client s3, String bucket) throws SQLException {
        Map<String, Integer> rows = new LinkedHashMap<>();
        var fingerprint = new StringBuilder();
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            try (PreparedStatement select = database.prepareStatement(
                    "select count(*), coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from shop."
                            + table.getKey() + " t where " + table.getValue())) {
                select.setString(1, customerId);
                ResultSet found = select.executeQuery();
                found.next();
                rows.put(table.getKey(), found.getInt(1));
                fingerprint.append(found.getString(2)).append('/');
            }
        }
        List<S3Object> objects = s3
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(Archive.prefix(customerId)))
                .contents()
                .stream()
                .toList();
        objects.forEach(object -> fingerprint.append(object.eTag()).append('/'));
        return new Holdings(new TreeMap<>(rows), objects.size(), fingerprint.toString());
    }

    int rows(String table) {
        return Objects.requireNonNull(rows.get(table), table);
    }

    int allRows() {
        return rows.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("customers", "customer_id = ?");
        tables.put("addresses", "customer_id = ?");
        tables.put("orders", "customer_id = ?");
        tables.put("order_lines", "order_id in (select order_id from shop.orders where customer_id = ?)");
        tables.put("payments", "order_id in (select order_id from shop.orders where customer_id = ?)");
        tables.put("invoices", "customer_id = ?");
        tables.put("support_tickets", "customer_id = ?");
        tables.put("consents", "customer_id = ?");
        return tables;
    }
}
