package io.quittance.streams.policy;

import dev.cel.parser.CelMacro;
import dev.cel.parser.CelParserBuilder;
import dev.cel.parser.CelParserLibrary;
import java.util.Optional;

/** What a condition says in short: {@code age}, {@code inRole} and {@code inAnyRole}, written out when it is parsed. */
public final class Macros implements CelParserLibrary {

    static final String AGE = "age";

    @Override
    public void setParserOptions(CelParserBuilder parser) {
        parser.addMacros(
                CelMacro.newGlobalMacro(
                        AGE,
                        1,
                        (make, target, arguments) -> Optional.of(
                                make.newGlobalCall(AGE, make.newIdentifier(Vocabulary.NOW), arguments.get(0)))),
                CelMacro.newReceiverMacro(
                        "inRole",
                        1,
                        (make, target, arguments) -> Optional.of(
                                make.newGlobalCall("@in", arguments.get(0), make.newSelect(target, "roles", false)))),
                CelMacro.newReceiverMacro(
                        "inAnyRole",
                        1,
                        (make, target, arguments) -> Optional.of(make.newReceiverCall(
                                "intersects",
                                make.newIdentifier("sets"),
                                make.newSelect(target, "roles", false),
                                arguments.get(0)))));
    }
}
