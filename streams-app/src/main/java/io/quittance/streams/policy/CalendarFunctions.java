package io.quittance.streams.policy;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import io.quittance.streams.domain.policy.Calendar;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** {@code businessDays}, {@code isBusinessTime} and {@code isClosed}, over the calendars of one policy. */
final class CalendarFunctions implements CelCompilerLibrary, CelRuntimeLibrary {

    static final String BUSINESS_DAYS = "businessDays";
    static final String IS_BUSINESS_TIME = "isBusinessTime";
    static final String IS_CLOSED = "isClosed";
    static final Set<String> NAMES = Set.of(BUSINESS_DAYS, IS_BUSINESS_TIME, IS_CLOSED);

    private final Map<String, Calendar> calendars;

    CalendarFunctions(Collection<Calendar> calendars) {
        this.calendars = calendars.stream().collect(toUnmodifiableMap(Calendar::name, Function.identity()));
    }

    @Override
    public void setCheckerOptions(CelCheckerBuilder checker) {
        checker.addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                        BUSINESS_DAYS,
                        CelOverloadDecl.newGlobalOverload(
                                "business_days",
                                SimpleType.INT,
                                SimpleType.STRING,
                                SimpleType.TIMESTAMP,
                                SimpleType.TIMESTAMP)),
                whether(IS_BUSINESS_TIME, "is_business_time"),
                whether(IS_CLOSED, "is_closed"));
    }

    private static CelFunctionDecl whether(String name, String overload) {
        return CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newGlobalOverload(overload, SimpleType.BOOL, SimpleType.STRING, SimpleType.TIMESTAMP));
    }

    @Override
    @SuppressWarnings("Immutable") // The calendars are, but nothing says so to the compiler.
    public void setRuntimeOptions(CelRuntimeBuilder runtime) {
        runtime.addFunctionBindings(CelFunctionBinding.fromOverloads(
                BUSINESS_DAYS,
                CelFunctionBinding.from(
                        "business_days",
                        List.of(String.class, Instant.class, Instant.class),
                        arguments ->
                                named(arguments[0]).businessDays((Instant) arguments[1], (Instant) arguments[2]))));
        runtime.addFunctionBindings(CelFunctionBinding.fromOverloads(
                IS_BUSINESS_TIME,
                CelFunctionBinding.from(
                        "is_business_time",
                        String.class,
                        Instant.class,
                        (calendar, time) -> named(calendar).isBusinessTime(time))));
        runtime.addFunctionBindings(CelFunctionBinding.fromOverloads(
                IS_CLOSED,
                CelFunctionBinding.from(
                        "is_closed",
                        String.class,
                        Instant.class,
                        (calendar, time) -> named(calendar).isClosed(time))));
    }

    private Calendar named(Object name) throws CelEvaluationException {
        Calendar calendar = calendars.get(name.toString());
        if (calendar == null) {
            throw Functions.senseless("the policy has no such calendar");
        }
        return calendar;
    }
}
