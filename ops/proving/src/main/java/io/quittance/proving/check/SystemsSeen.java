package io.quittance.proving.check;

import io.quittance.proving.history.SystemObject;
import io.quittance.proving.history.SystemReceipt;
import io.quittance.proving.history.SystemRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the systems hold at the end. */
final class SystemsSeen {
    private final Map<String, List<SystemRow>> rows = new HashMap<>();
    private final Map<String, List<String>> objects = new HashMap<>();
    private final Map<String, SystemObject> exports = new HashMap<>();
    private final Map<String, List<SystemReceipt>> receipts = new HashMap<>();

    void add(SystemRow row) {
        rows.computeIfAbsent(key(row.system(), row.dataset(), row.owner()), any -> new ArrayList<>())
                .add(row);
    }

    /** An object of a customer, by its digest. */
    void addObject(String system, String dataset, String owner, String digest) {
        objects.computeIfAbsent(key(system, dataset, owner), any -> new ArrayList<>())
                .add(digest);
    }

    /** An exported document, by its address. */
    void addExport(SystemObject document) {
        exports.put("s3://" + document.bucket() + "/" + document.key(), document);
    }

    void add(SystemReceipt receipt) {
        receipts.computeIfAbsent(receipt.taskId(), any -> new ArrayList<>()).add(receipt);
    }

    List<SystemRow> rows(String system, String dataset, String owner) {
        return rows.getOrDefault(key(system, dataset, owner), List.of());
    }

    /** Digests of what a dataset holds of a customer. */
    List<String> digests(String system, String dataset, String owner) {
        String key = key(system, dataset, owner);
        List<String> digests = new ArrayList<>(objects.getOrDefault(key, List.of()));
        rows.getOrDefault(key, List.of()).forEach(row -> digests.add(row.digest()));
        return digests;
    }

    List<SystemReceipt> receipts(String taskId) {
        return receipts.getOrDefault(taskId, List.of());
    }

    Map<String, List<SystemReceipt>> receipts() {
        return receipts;
    }

    Map<String, SystemObject> exports() {
        return exports;
    }

    private static String key(String system, String dataset, String owner) {
        return system + "/" + dataset + "/" + owner;
    }
}
