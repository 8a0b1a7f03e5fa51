package io.quittance.bench.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * A recording as text: samples by thread, methods by what they take themselves and with what they call, whole stacks,
 * allocation, collections. Samples in native code count where the top frame is a library's (RocksDB, compression), not
 * where a thread waits.
 */
public final class ProfileReport {
    private static final int METHODS = 25;
    private static final int STACKS = 12;
    private static final int FRAMES = 14;
    private static final Set<String> WAITING = Set.of(
            "EPoll.wait",
            "Unsafe.park",
            "Object.wait",
            "Net.poll",
            "Net.accept",
            "EPoll.ctl",
            "FileInputStream.readBytes");

    private final Map<String, Long> threads = new HashMap<>();
    private final Map<String, Long> self = new HashMap<>();
    private final Map<String, Long> inclusive = new HashMap<>();
    private final Map<String, Long> ours = new HashMap<>();
    private final Map<String, Long> stacks = new HashMap<>();
    private final Map<String, Long> allocated = new HashMap<>();
    private long samples;
    private long allocatedBytes;
    private long pauseNanos;
    private long collections;

    private ProfileReport() {}

    public static String of(Path recording) {
        var report = new ProfileReport();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                report.add(file.readEvent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return report.text();
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample", "jdk.NativeMethodSample" -> addSample(event);
            case "jdk.ObjectAllocationSample" -> addAllocation(event);
            case "jdk.GarbageCollection" -> {
                collections++;
                pauseNanos += event.getDuration("sumOfPauses").toNanos();
            }
            default -> {}
        }
    }

    private void addSample(RecordedEvent event) {
        @Nullable RecordedStackTrace trace = event.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) {
            return;
        }
        List<String> frames =
                trace.getFrames().stream().map(ProfileReport::name).toList();
        if (WAITING.contains(frames.get(0))) {
            return;
        }
        samples++;
        RecordedThread thread = event.getThread("sampledThread");
        threads.merge(thread == null ? "?" : kind(String.valueOf(thread.getJavaName())), 1L, Long::sum);
        self.merge(frames.get(0), 1L, Long::sum);
        new HashSet<>(frames).forEach(frame -> inclusive.merge(frame, 1L, Long::sum));
        ours.merge(firstOfOurs(trace), 1L, Long::sum);
        stacks.merge(String.join("\n      ", frames.subList(0, Math.min(FRAMES, frames.size()))), 1L, Long::sum);
    }

    private void addAllocation(RecordedEvent event) {
        long weight = event.getLong("weight");
        allocatedBytes += weight;
        @Nullable RecordedStackTrace trace = event.getStackTrace();
        if (trace != null && !trace.getFrames().isEmpty()) {
            allocated.merge(event.getClass("objectClass").getName() + " in " + firstOfOurs(trace), weight, Long::sum);
        }
    }

    private static String firstOfOurs(RecordedStackTrace trace) {
        return trace.getFrames().stream()
                .filter(frame -> frame.getMethod().getType().getName().startsWith("io.quittance."))
                .findFirst()
                .map(ProfileReport::name)
                .orElse("(none of ours)");
    }

    /** Without the package. */
    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }

    /** Threads that differ by a number, or by the process they are in, are of one kind. */
    private static String kind(String thread) {
        return thread.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "*").replaceAll("\\d+", "#");
    }

    private String text() {
        var lines = new ArrayList<String>();
        lines.add("%d samples; %d collections, %d ms of pauses; about %d MB allocated"
                .formatted(samples, collections, pauseNanos / 1_000_000, allocatedBytes >> 20));
        section(lines, "threads", threads, METHODS, samples);
        section(lines, "methods, themselves", self, METHODS, samples);
        section(lines, "methods, with what they call", inclusive, 2 * METHODS, samples);
        section(lines, "by the innermost method of ours", ours, METHODS, samples);
        section(lines, "allocation, by class and innermost method of ours", allocated, METHODS, allocatedBytes);
        section(lines, "stacks", stacks, STACKS, samples);
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static void section(List<String> lines, String title, Map<String, Long> counts, int most, long all) {
        lines.add("\n" + title);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .forEach(entry -> lines.add(
                        "%5.1f %% %s".formatted(100.0 * entry.getValue() / Math.max(1, all), entry.getKey())));
    }
}
