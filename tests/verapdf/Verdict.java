import java.io.FileInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * What veraPDF says of PDFs: Verdict FLAVOUR[,FLAVOUR...] FILE...
 *
 * Prints for each file and flavour (ua1, 2a, ...) one line "FILE, flavour, compliant or not", then
 * one for each failure: "FILE, flavour, clause and test, message, place". Fields are separated by
 * tabs.
 */
public final class Verdict {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String name : arguments[0].split(",")) {
            for (int i = 1; i < arguments.length; i++) {
                judge(arguments[i], PDFAFlavour.byFlavourId(name), out);
            }
        }
    }

    private static void judge(String file, PDFAFlavour flavour, PrintStream out) throws Exception {
        String name = file + "\t" + flavour.getId() + "\t";
        try (FileInputStream data = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(data, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            out.println(name + (result.isCompliant() ? "compliant" : "not compliant"));
            for (TestAssertion failure : result.getTestAssertions()) {
                String rule = failure.getRuleId().getClause() + "-" + failure.getRuleId().getTestNumber();
                String said = failure.getMessage().replaceAll("\\s+", " ");
                out.println(name + rule + "\t" + said + "\t" + failure.getLocation().getContext());
            }
        }
    }
}
