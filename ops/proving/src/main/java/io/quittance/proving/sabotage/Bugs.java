package io.quittance.proving.sabotage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is put around methods of the product. Advice is copied into them, so it may only use what is public here. */
public final class Bugs {
    private static final int EVERY_REQUEST = 20;
    private static final int EVERY_TASK = 10;
    private static final int EVERY_TIMER = 3;
    private static final int EVERY_TABLE = 10;
    private static final int EVERY_RECORD = 50;
    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static final AtomicInteger TASKS = new AtomicInteger();
    private static final AtomicInteger TIMERS = new AtomicInteger();
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final AtomicInteger RECORDS = new AtomicInteger();

    private Bugs() {}

    /** Whether the effect, or the command, is of the kind. */
    public static boolean is(Object one, String kind) {
        return one.getClass().getSimpleName().equals(kind);
    }

    /** Whether what was read is a request, and one to be forgotten; whatever else is read is not even counted. */
    public static boolean isForgotten(Object reading) throws ReflectiveOperationException {
        return is(get(reading, "command"), "Submit") && REQUESTS.incrementAndGet() % EVERY_REQUEST == 0;
    }

    /** Whether this task is one to go out twice. Once asked and granted, not again. */
    public static boolean isTenth() {
        return TASKS.incrementAndGet() % EVERY_TASK == 0;
    }

    public static boolean isThird() {
        return TIMERS.incrementAndGet() % EVERY_TIMER == 0;
    }

    /** Whether this table is one to be spared. */
    public static boolean isSpared() {
        return TABLES.incrementAndGet() % EVERY_TABLE == 0;
    }

    /** Prints some records as somebody does who wants to see what is wrong. */
    public static void print(Object record) throws ReflectiveOperationException {
        if (RECORDS.incrementAndGet() % EVERY_RECORD == 0) {
            System.err.println(new String((byte[]) get(record, "value"), StandardCharsets.ISO_8859_1));
        }
    }

    /** Tells of one row less in every outcome that changed any. */
    public static void lie(Object audit) throws ReflectiveOperationException {
        for (Object task : (List<?>) get(audit, "getTasks")) {
            for (Object outcome : (List<?>) get(task, "getDatasets")) {
                long affected = (Long) get(outcome, "getAffected");
                if (affected > 0) {
                    outcome.getClass().getMethod("setAffected", long.class).invoke(outcome, affected - 1);
                }
            }
        }
    }

    private static Object get(Object record, String getter) throws ReflectiveOperationException {
        return record.getClass().getMethod(getter).invoke(record);
    }

    /** On what makes the properties of Kafka Streams. */
    public static final class AtLeastOnce {
        private AtLeastOnce() {}

        @Advice.OnMethodExit
        public static void exit(@Advice.Return Properties properties) {
            properties.put("processing.guarantee", "at_least_once");
        }
    }

    /** On what reads the isolation level from a consumer's configuration. */
    public static final class Uncommitted {
        private Uncommitted() {}

        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object level) {
            level = org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;
        }
    }

    /** On what says how many more may go. */
    public static final class OneMore {
        private OneMore() {}

        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false) int room) {
            room = room == Integer.MAX_VALUE ? room : room + 1;
        }
    }

    /** On what decides about a command that was read. */
    public static final class SwallowedRequest {
        private SwallowedRequest() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter(@Advice.Argument(0) Object reading) throws ReflectiveOperationException {
            return Bugs.isForgotten(reading);
        }
    }

    /** On what writes an effect. */
    public static final class NoRevocation {
        private NoRevocation() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter(@Advice.Argument(0) Object effect) {
            return Bugs.is(effect, "RevokeGrant");
        }
    }

    /** On what remembers when a subject is due. */
    public static final class ForgottenTimer {
        private ForgottenTimer() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter(@Advice.Argument(1) long due) {
            return due != Long.MAX_VALUE && Bugs.isThird();
        }
    }

    /** On what writes an effect. */
    public static final class TaskTwice {
        private TaskTwice() {}

        @Advice.OnMethodExit(repeatOn = Advice.OnNonDefaultValue.class)
        public static boolean exit(@Advice.Argument(0) Object effect) {
            return Bugs.is(effect, "IssueTask") && Bugs.isTenth();
        }
    }

    /** On what makes an audit record. */
    public static final class Lie {
        private Lie() {}

        @Advice.OnMethodExit
        public static void exit(@Advice.Return Object audit) throws ReflectiveOperationException {
            Bugs.lie(audit);
        }
    }

    /** On what erases the rows of a table, and says how many. */
    public static final class LeftRows {
        private LeftRows() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter() {
            return Bugs.isSpared();
        }

        @Advice.OnMethodExit
        public static void exit(@Advice.Enter boolean spared, @Advice.Return(readOnly = false) long erased) {
            erased = spared ? 1 : erased;
        }
    }

    /** On what says how many rows are left. */
    public static final class NoSecondLook {
        private NoSecondLook() {}

        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false) long left) {
            left = 0;
        }
    }

    /** On what is not to happen at all. */
    public static final class Nothing {
        private Nothing() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter() {
            return true;
        }
    }

    /** On what processes a record. */
    public static final class Printed {
        private Printed() {}

        @Advice.OnMethodEnter
        public static void enter(@Advice.Argument(0) Object record) throws ReflectiveOperationException {
            Bugs.print(record);
        }
    }
}
