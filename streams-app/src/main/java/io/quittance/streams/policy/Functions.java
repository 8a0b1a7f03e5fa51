package io.quittance.streams.policy;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.parser.CelParserBuilder;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a condition can compute beside CEL's own: {@code inCidr}, {@code age}, {@code inRole}, and sets of texts. An
 * argument that makes no sense (a text that is no address, a time that lies ahead) is an error, never a guess.
 */
final class Functions implements CelCompilerLibrary, CelRuntimeLibrary {

    static final String IN_CIDR = "inCidr";
    private static final String WITHIN = "within";
    private static final String TOUCHES = "touches";

    /** Where an empty list stands for everything. */
    static final Set<String> SCOPE_SETS = Set.of(WITHIN, TOUCHES);

    /** How far a publisher's clock may be ahead of ours. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    /** Blocks that conditions name: written out in them, so there are not many. */
    private final Map<String, Cidr> blocks = new ConcurrentHashMap<>();

    @Override
    public void setParserOptions(CelParserBuilder parser) {
        new Macros().setParserOptions(parser);
    }

    @Override
    public void setCheckerOptions(CelCheckerBuilder checker) {
        checker.addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                        IN_CIDR,
                        CelOverloadDecl.newGlobalOverload(
                                "in_cidr_text", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING),
                        CelOverloadDecl.newGlobalOverload("in_cidr_list", SimpleType.BOOL, SimpleType.STRING, TEXTS)),
                CelFunctionDecl.newFunctionDeclaration(
                        Macros.AGE,
                        CelOverloadDecl.newGlobalOverload(
                                "age_at", SimpleType.DURATION, SimpleType.TIMESTAMP, SimpleType.TIMESTAMP)),
                ofTexts(WITHIN, SimpleType.BOOL),
                ofTexts(TOUCHES, SimpleType.BOOL),
                ofTexts("union", TEXTS),
                ofTexts("intersection", TEXTS),
                ofTexts("difference", TEXTS));
    }

    private static CelFunctionDecl ofTexts(String name, CelType result) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newMemberOverload("texts_" + name, result, TEXTS, TEXTS));
    }

    @Override
    @SuppressWarnings("Immutable") // The only state is a cache of what is parsed from constants.
    public void setRuntimeOptions(CelRuntimeBuilder runtime) {
        runtime.addFunctionBindings(CelFunctionBinding.fromOverloads(
                IN_CIDR,
                CelFunctionBinding.from(
                        "in_cidr_text", String.class, String.class, (ip, block) -> inCidr(ip, List.of(block))),
                CelFunctionBinding.from("in_cidr_list", String.class, Collection.class, this::inCidr)));
        runtime.addFunctionBindings(CelFunctionBinding.fromOverloads(
                Macros.AGE, CelFunctionBinding.from("age_at", Instant.class, Instant.class, Functions::age)));
        bind(runtime, WITHIN, (all, some) -> !all.isEmpty() && new HashSet<Object>(some).containsAll(all));
        bind(
                runtime,
                TOUCHES,
                (all, some) -> all.isEmpty() || all.stream().anyMatch(new HashSet<Object>(some)::contains));
        bind(runtime, "union", (left, right) -> {
            Set<Object> both = new LinkedHashSet<>(left);
            both.addAll(right);
            return List.copyOf(both);
        });
        bind(runtime, "intersection", (left, right) -> {
            Set<Object> both = new LinkedHashSet<>(left);
            both.retainAll(new HashSet<Object>(right));
            return List.copyOf(both);
        });
        bind(runtime, "difference", (left, right) -> {
            Set<Object> rest = new LinkedHashSet<>(left);
            new HashSet<Object>(right).forEach(rest::remove);
            return List.copyOf(rest);
        });
    }

    private interface OfTexts {
        Object apply(Collection<?> left, Collection<?> right);
    }

    @SuppressWarnings("Immutable") // Each is given a function without state.
    private static void bind(CelRuntimeBuilder runtime, String name, OfTexts function) {
        runtime.addFunctionBindings(CelFunctionBinding.fromOverloads(
                name, CelFunctionBinding.from("texts_" + name, Collection.class, Collection.class, function::apply)));
    }

    private Object inCidr(String ip, Collection<?> written) throws CelEvaluationException {
        InetAddress address = Cidr.address(ip).orElseThrow(() -> senseless("the text is no address"));
        for (Object block : written) {
            if (blocks.computeIfAbsent(block.toString(), Cidr::parse).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static Object age(Instant now, Instant of) throws CelEvaluationException {
        Duration age = Duration.between(of, now);
        if (age.compareTo(CLOCK_SKEW.negated()) < 0) {
            throw senseless("the time lies ahead");
        }
        return age.isNegative() ? Duration.ZERO : age;
    }

    static CelEvaluationException senseless(String why) {
        return CelEvaluationExceptionBuilder.newBuilder(why)
                .setErrorCode(CelErrorCode.INVALID_ARGUMENT)
                .build();
    }
}
