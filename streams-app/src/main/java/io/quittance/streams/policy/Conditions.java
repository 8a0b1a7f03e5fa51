package io.quittance.streams.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelSetsExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import io.quittance.streams.domain.policy.Calendar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles conditions over one vocabulary. Bounded: a condition's length, depth and size, the turns of all its loops,
 * the size of a regular expression (RE2: linear time). Functions that can make a long text out of short ones are left
 * out.
 */
final class Conditions {

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(4_096)
            .maxParseRecursionDepth(32)
            .maxParseExpressionNodeCount(1_000)
            .comprehensionMaxIterations(1_000)
            .maxRegexProgramSize(2_000)
            .errorOnDuplicateMapKeys(true)
            .build();

    private static final CelStringExtensions STRINGS = CelExtensions.strings(
            Function.CHAR_AT,
            Function.INDEX_OF,
            Function.LAST_INDEX_OF,
            Function.LOWER_ASCII,
            Function.UPPER_ASCII,
            Function.SUBSTRING,
            Function.TRIM);

    private static final CelSetsExtensions SETS = CelExtensions.sets(OPTIONS);

    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final CelValidator literals;

    private Conditions(
            List<? extends Vocabulary.Struct<?>> vocabulary, Collection<Calendar> calendars, Set<String> names) {
        var functions = new Functions();
        var dates = new CalendarFunctions(calendars);
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(STRINGS, SETS, functions, dates)
                .setTypeProvider(Vocabulary.types(vocabulary))
                .addVar(Vocabulary.NOW, SimpleType.TIMESTAMP)
                .setResultType(SimpleType.BOOL);
        vocabulary.forEach(struct -> builder.addVar(struct.name(), struct.type()));
        compiler = builder.build();
        runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(STRINGS, SETS, functions, dates)
                .build();
        literals = CelValidatorFactory.standardCelValidatorBuilder(compiler, runtime)
                .addAstValidators(
                        RegexLiteralValidator.INSTANCE,
                        TimestampLiteralValidator.INSTANCE,
                        DurationLiteralValidator.INSTANCE,
                        KnownWords.INSTANCE,
                        new WrittenOut(names))
                .build();
    }

    /** Of the rules of a policy with these calendars. */
    static Conditions ofRules(Collection<Calendar> calendars) {
        return new Conditions(
                Vocabulary.RULES,
                calendars,
                calendars.stream().map(Calendar::name).collect(Collectors.toUnmodifiableSet()));
    }

    /** To check the rules of a policy that has calendars of these names; not to evaluate them. */
    static Conditions toCheckRules(Set<String> calendars) {
        return new Conditions(Vocabulary.RULES, List.of(), calendars);
    }

    /** Of predicates over an approver. They outlive the policy that was in force, so there are no calendars. */
    static Conditions ofPredicates() {
        List<Vocabulary.Struct<?>> vocabulary = new ArrayList<>(Vocabulary.PREDICATES);
        vocabulary.add(ApproverWords.APPROVER);
        return new Conditions(vocabulary, List.of(), Set.of());
    }

    /** What is wrong with a condition that is to be published; empty if it is sound. */
    List<ConditionProblem> check(String ruleId, String condition) {
        CelValidationResult checked = compiler.compile(condition);
        if (checked.hasError()) {
            return problems(ruleId, checked.getErrors().stream());
        }
        return problems(ruleId, literals.validate(tree(checked)).getAllIssues().stream());
    }

    /** A condition in which {@link #check} found nothing, or only what compiles; for any thread to evaluate. */
    Condition compile(String condition) {
        CelAbstractSyntaxTree tree = tree(compiler.compile(condition));
        try {
            return new Condition(runtime.createProgram(tree), LookedAt.pathsOf(tree), PossibleActions.of(tree));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("A checked condition makes no program.", e);
        }
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult checked) {
        try {
            return checked.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("Compile only a condition that was checked.", e);
        }
    }

    private static List<ConditionProblem> problems(String ruleId, Stream<CelIssue> issues) {
        // The library counts columns from 0, people from 1.
        return issues.map(issue -> new ConditionProblem(
                        ruleId,
                        Math.max(1, issue.getSourceLocation().getLine()),
                        Math.max(0, issue.getSourceLocation().getColumn()) + 1,
                        issue.getMessage(),
                        issue.getSeverity() != CelIssue.Severity.ERROR))
                .toList();
    }
}
