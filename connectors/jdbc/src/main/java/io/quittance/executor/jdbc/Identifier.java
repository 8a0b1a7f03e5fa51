package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Dataset;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Whether an identifier's text can be a value of the column it is compared with. One that cannot is refused rather than
 * not found: an answer of "nothing there" would be taken as evidence. Of types that are not known here the database
 * says whether it can read the text.
 */
final class Identifier {
    // Leading zeros are not taken: whoever wrote them had another identifier in mind than the number.
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,99})([.][0-9]{1,100})?");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** More than a significand has: a larger number is rounded, and may be found as its neighbour. */
    private static final int REAL_SIZE = 25;

    private static final int DOUBLE_SIZE = 54;

    private Identifier() {}

    /** @throws TaskFailure BAD_IDENTIFIER, saying why without saying what; UNMAPPED_DATASET for a column of no use */
    static void ensureFits(String text, Column column, Dataset dataset) throws TaskFailure {
        if (!column.tellsApart()) {
            throw Catalog.unmapped(
                    dataset,
                    "column " + column.name() + " is a " + column.type() + ", of which a text may mean several values");
        }
        if (text.isBlank()) {
            // Redacted rows hold the empty text: an empty identifier would be all of them.
            throw bad(dataset, "is empty");
        }
        if (text.indexOf('\0') >= 0) {
            throw bad(dataset, "holds a null character, which PostgreSQL cannot");
        }
        if (text.codePoints().anyMatch(Identifier::isSurrogate)) {
            throw bad(dataset, "is not well-formed Unicode");
        }
        if (!isOfType(text, column.type())) {
            throw bad(dataset, "cannot be compared as a " + column.type());
        }
    }

    private static boolean isOfType(String text, String type) {
        return switch (type) {
            case "smallint" -> isInteger(text, Short.SIZE);
            case "integer" -> isInteger(text, Integer.SIZE);
            case "bigint" -> isInteger(text, Long.SIZE);
            case "real" -> isInteger(text, REAL_SIZE);
            case "double precision" -> isInteger(text, DOUBLE_SIZE);
            case "numeric" -> DECIMAL.matcher(text).matches();
            case "uuid" -> UUID.matcher(text).matches();
            default -> true;
        };
    }

    private static boolean isInteger(String text, int bits) {
        return INTEGER.matcher(text).matches() && new BigInteger(text).bitLength() < bits;
    }

    /** A code point that is a surrogate is one that has lost its partner. */
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static TaskFailure bad(Dataset dataset, String why) {
        return TaskFailure.refused(
                "BAD_IDENTIFIER",
                "The identifier " + dataset.getLocator().getIdentifier() + " that dataset " + dataset.getName()
                        + " is searched by " + why + ".");
    }
}
