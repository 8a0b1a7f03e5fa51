package io.quittance.streams.cli.command;

import io.quittance.schema.Action;
import io.quittance.schema.Channel;
import io.quittance.schema.RequestState;
import io.quittance.schema.RequesterType;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Enums of the contract as options: without UNKNOWN, which is what a reader sees and nobody may write. */
abstract class Known<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

    private final List<E> constants;

    Known(Class<E> type) {
        constants = Arrays.stream(type.getEnumConstants())
                .filter(constant -> !constant.name().equals("UNKNOWN"))
                .toList();
    }

    @Override
    public E convert(String value) {
        String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
        return constants.stream()
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("'" + value + "' is none of " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return constants.stream().map(Enum::name).iterator();
    }

    static final class Actions extends Known<Action> {
        Actions() {
            super(Action.class);
        }
    }

    static final class RequesterTypes extends Known<RequesterType> {
        RequesterTypes() {
            super(RequesterType.class);
        }
    }

    static final class Channels extends Known<Channel> {
        Channels() {
            super(Channel.class);
        }
    }

    static final class States extends Known<RequestState> {
        States() {
            super(RequestState.class);
        }
    }
}
