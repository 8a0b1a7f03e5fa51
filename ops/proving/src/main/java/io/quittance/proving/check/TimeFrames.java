package io.quittance.proving.check;

import io.quittance.proving.history.FaultEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What was under way when. */
final class TimeFrames {
    /** Of {@code task.retry.max} as the proving ground configures it, in milliseconds. */
    static final long LONGEST_RETRY_DELAY = 5_000;

    private TimeFrames() {}

    /** A fault from its beginning until the pipeline had recovered from it. */
    record Frame(String fault, String target, long from, long until) {
        boolean overlaps(long start, long end) {
            return from <= end && start <= until;
        }
    }

    static List<Frame> frames(List<FaultEvent> events) {
        List<Frame> frames = new ArrayList<>();
        Map<String, FaultEvent> begun = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        for (FaultEvent event : events) {
            String name = event.fault() + " " + event.target();
            switch (event.phase()) {
                case FaultEvent.BEGIN -> begun.put(name, event);
                case FaultEvent.END -> {
                    FaultEvent begin = begun.remove(name);
                    last.put(name, frames.size());
                    frames.add(frame(event, begin == null ? event.at() : begin.at(), event.at()));
                }
                case FaultEvent.RECOVERED -> {
                    Integer at = last.get(name);
                    if (at != null) {
                        frames.set(at, frame(event, frames.get(at).from(), event.at()));
                    }
                }
                default -> {
                    // skipped: nothing was under way
                }
            }
        }
        begun.values().forEach(event -> frames.add(frame(event, event.at(), Long.MAX_VALUE)));
        return frames;
    }

    /** Names of the faults that overlap the time. */
    static List<String> underWay(List<Frame> frames, long from, long until) {
        var names = new TreeSet<String>();
        frames.stream()
                .filter(frame -> frame.overlaps(from, until))
                .forEach(frame ->
                        names.add(frame.target().isEmpty() ? frame.fault() : frame.fault() + " " + frame.target()));
        return List.copyOf(names);
    }

    private static Frame frame(FaultEvent event, long from, long until) {
        return new Frame(event.fault(), event.target() == null ? "" : event.target(), from, until);
    }
}
