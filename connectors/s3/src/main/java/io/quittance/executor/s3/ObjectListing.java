package io.quittance.executor.s3;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.export.ObjectStoreErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Looks for objects, a page at a time, so that memory does not grow with what a person has. Thread-safe. */
final class ObjectListing {
    /** Keys may hold what XML cannot; asked to, the server escapes them and the SDK takes that back. */
    private static final EncodingType ESCAPED = EncodingType.URL;

    private final S3Client client;
    private final int pageSize;
    private final Set<String> bucketsWithoutVersions = ConcurrentHashMap.newKeySet();

    /** @param pageSize objects asked for at once, at most 1000 */
    ObjectListing(S3Client client, int pageSize) {
        this.client = client;
        this.pageSize = pageSize;
    }

    /** What is done with one page. */
    @FunctionalInterface
    interface PageVisitor<T, X extends Exception> {
        void visit(List<T> page) throws TaskFailure, InterruptedException, X;
    }

    /** An object, or one version or delete marker of it. */
    record Entry(String key, @Nullable String versionId) {
        @Override
        public String toString() {
            return "Entry[]";
        }
    }

    /** How many objects can be read. */
    long countCurrent(ObjectSet set) throws TaskFailure, InterruptedException {
        long[] count = {0};
        forEachCurrent(set, page -> count[0] += page.size());
        return count[0];
    }

    /** Visits the objects that can be read. */
    <X extends Exception> void forEachCurrent(ObjectSet set, PageVisitor<S3Object, X> visitor)
            throws TaskFailure, InterruptedException, X {
        String token = null;
        do {
            String from = token;
            ListObjectsV2Response page = S3Calls.call(() -> client.listObjectsV2(list -> list.bucket(set.bucket())
                    .prefix(set.prefix())
                    .encodingType(ESCAPED)
                    .maxKeys(pageSize)
                    .continuationToken(from)));
            List<S3Object> own = new ArrayList<>();
            for (S3Object object : page.contents()) {
                if (isOwn(set, object.key())) {
                    own.add(object);
                }
            }
            token = page.isTruncated() ? further(from, page.nextContinuationToken()) : null;
            visitor.visit(own);
        } while (token != null);
    }

    /** Visits everything there is to remove: all versions and delete markers where there are such, and all objects. */
    void forEachEntry(ObjectSet set, PageVisitor<Entry, RuntimeException> visitor)
            throws TaskFailure, InterruptedException {
        forEachVersion(set, visitor);
        // Also where versions were listed: a server that ignores the question answers it with nothing.
        forEachCurrent(
                set,
                page -> visitor.visit(page.stream()
                        .map(object -> new Entry(object.key(), null))
                        .toList()));
    }

    /** Visits the uploads that were begun and never completed: nobody can read their parts, but they are kept. */
    void forEachUpload(ObjectSet set, PageVisitor<MultipartUpload, RuntimeException> visitor)
            throws TaskFailure, InterruptedException {
        Marker marker = Marker.NONE;
        do {
            Optional<ListMultipartUploadsResponse> page = uploads(set, marker);
            if (page.isEmpty()) {
                return;
            }
            List<MultipartUpload> own = new ArrayList<>();
            for (MultipartUpload upload : page.get().uploads()) {
                if (isOwn(set, upload.key())) {
                    own.add(upload);
                }
            }
            marker = marker.next(page.get());
            visitor.visit(own);
        } while (marker.key != null);
    }

    /** Whether there is an upload that was never completed. */
    boolean hasUploads(ObjectSet set) throws TaskFailure, InterruptedException {
        long[] count = {0};
        forEachUpload(set, page -> count[0] += page.size());
        return count[0] > 0;
    }

    /** How many keys have an object, a version or a delete marker. */
    long count(ObjectSet set) throws TaskFailure, InterruptedException {
        DistinctKeys versioned = new DistinctKeys();
        forEachVersion(set, versioned);
        return Math.max(versioned.count, countCurrent(set));
    }

    private void forEachVersion(ObjectSet set, PageVisitor<Entry, RuntimeException> visitor)
            throws TaskFailure, InterruptedException {
        Marker marker = Marker.NONE;
        do {
            Optional<ListObjectVersionsResponse> page = versions(set, marker);
            if (page.isEmpty()) {
                return;
            }
            List<Entry> entries = entries(set, page.get());
            marker = marker.next(page.get());
            visitor.visit(entries);
        } while (marker.key != null);
    }

    private Optional<ListObjectVersionsResponse> versions(ObjectSet set, Marker from)
            throws TaskFailure, InterruptedException {
        if (bucketsWithoutVersions.contains(set.bucket())) {
            return Optional.empty();
        }
        try {
            return Optional.of(client.listObjectVersions(list -> list.bucket(set.bucket())
                    .prefix(set.prefix())
                    .encodingType(ESCAPED)
                    .maxKeys(pageSize)
                    .keyMarker(from.key)
                    .versionIdMarker(from.id)));
        } catch (S3Exception e) {
            if (e.statusCode() == 501) {
                bucketsWithoutVersions.add(set.bucket());
                return Optional.empty();
            }
            throw ObjectStoreErrors.asTaskFailure(e, "S3");
        } catch (SdkException e) {
            throw ObjectStoreErrors.asTaskFailure(e, "S3");
        }
    }

    private Optional<ListMultipartUploadsResponse> uploads(ObjectSet set, Marker from)
            throws TaskFailure, InterruptedException {
        try {
            return Optional.of(client.listMultipartUploads(list -> list.bucket(set.bucket())
                    .prefix(set.prefix())
                    .encodingType(ESCAPED)
                    .maxUploads(pageSize)
                    .keyMarker(from.key)
                    .uploadIdMarker(from.id)));
        } catch (S3Exception e) {
            if (e.statusCode() == 501) {
                return Optional.empty();
            }
            throw ObjectStoreErrors.asTaskFailure(e, "S3");
        } catch (SdkException e) {
            throw ObjectStoreErrors.asTaskFailure(e, "S3");
        }
    }

    private static List<Entry> entries(ObjectSet set, ListObjectVersionsResponse page) throws TaskFailure {
        List<Entry> entries = new ArrayList<>();
        for (var version : page.versions()) {
            if (isOwn(set, version.key())) {
                entries.add(new Entry(version.key(), version.versionId()));
            }
        }
        for (var marker : page.deleteMarkers()) {
            if (isOwn(set, marker.key())) {
                entries.add(new Entry(marker.key(), marker.versionId()));
            }
        }
        return entries;
    }

    /** A server that answers with other keys than were asked for would have this executor erase other people. */
    private static boolean isOwn(ObjectSet set, String key) throws TaskFailure {
        if (!key.startsWith(set.prefix())) {
            throw TaskFailure.failed(
                    "S3_IGNORES_PREFIX",
                    "The object store listed objects that do not begin with the prefix asked for.");
        }
        return set.owns(key);
    }

    /** A listing that is cut off would have part of what there is exported, or erased, as if it were all. */
    private static String further(@Nullable String before, @Nullable String next) throws TaskFailure {
        if (next == null || next.isEmpty() || next.equals(before)) {
            throw TaskFailure.failed(
                    "S3_CUTS_LISTING", "The object store said that a listing goes on, and did not say where.");
        }
        return next;
    }

    /** Where a listing of versions or uploads goes on; without a key at its beginning, or not at all. */
    private record Marker(@Nullable String key, @Nullable String id) {
        static final Marker NONE = new Marker(null, null);

        Marker next(ListObjectVersionsResponse page) throws TaskFailure {
            return isLast(page.isTruncated(), page.nextKeyMarker(), page.versions(), page.deleteMarkers())
                    ? NONE
                    : at(page.nextKeyMarker(), page.nextVersionIdMarker());
        }

        Marker next(ListMultipartUploadsResponse page) throws TaskFailure {
            return isLast(page.isTruncated(), page.nextKeyMarker(), page.uploads())
                    ? NONE
                    : at(page.nextKeyMarker(), page.nextUploadIdMarker());
        }

        /** One key may have more versions than a page. */
        private Marker at(@Nullable String nextKey, @Nullable String nextId) throws TaskFailure {
            boolean sameKey = Objects.equals(id, nextId);
            return new Marker(further(sameKey ? key : null, nextKey), nextId);
        }

        /** A server that ignores the question may list objects, many of them, and so nothing that was asked for. */
        private static boolean isLast(boolean truncated, @Nullable String next, List<?>... listed) {
            return !truncated || (next == null && Stream.of(listed).allMatch(List::isEmpty));
        }
    }

    /** Counts keys that come in order, though those of one key may be spread over two pages. */
    private static final class DistinctKeys implements PageVisitor<Entry, RuntimeException> {
        private long count;
        private Set<String> before = Set.of();

        @Override
        public void visit(List<Entry> page) {
            Set<String> keys = new HashSet<>();
            for (Entry entry : page) {
                if (keys.add(entry.key()) && !before.contains(entry.key())) {
                    count++;
                }
            }
            before = keys;
        }
    }
}
