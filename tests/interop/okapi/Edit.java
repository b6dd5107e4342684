import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.sf.okapi.common.Event;
import net.sf.okapi.common.IResource;
import net.sf.okapi.common.LocaleId;
import net.sf.okapi.common.filters.IFilter;
import net.sf.okapi.common.filterwriter.IFilterWriter;
import net.sf.okapi.common.resource.ITextUnit;
import net.sf.okapi.common.resource.RawDocument;
import net.sf.okapi.common.resource.TextContainer;
import net.sf.okapi.common.resource.TextFragment;
import net.sf.okapi.common.resource.TextPart;
import net.sf.okapi.filters.xliff.XLIFFFilter;
import net.sf.okapi.filters.xliff2.XLIFF2Filter;

/**
 * Translates an XLIFF file as a tool does that is built on Okapi: its filter reads the file, words
 * of translations are replaced, its writer writes it. A unit without a translation begins with a
 * copy of its source.
 *
 * <p>Arguments: the file, the new file, the language's tag, and a file of edits: three lines each,
 * the beginning of a unit's id, the words, and the new words. Prints how many edits were made.
 */
public class Edit {
    private record Change(String id, String old, String now) {}

    public static void main(String[] arguments) throws Exception {
        var from = new File(arguments[0]);
        var target = LocaleId.fromString(arguments[2]);
        List<Change> changes = new ArrayList<>();
        var lines = Files.readAllLines(Path.of(arguments[3]));
        for (int i = 0; i + 2 < lines.size(); i += 3) {
            changes.add(new Change(lines.get(i), lines.get(i + 1), lines.get(i + 2)));
        }
        int made = 0;
        try (IFilter filter = from.getName().endsWith(".xlf") ? new XLIFFFilter() : new XLIFF2Filter();
                IFilterWriter writer = filter.createFilterWriter();
                var document = new RawDocument(from.toURI(), "UTF-8", LocaleId.ENGLISH, target)) {
            writer.setOptions(target, "UTF-8");
            writer.setOutput(arguments[1]);
            filter.open(document);
            while (filter.hasNext()) {
                Event event = filter.next();
                if (event.isTextUnit()) {
                    made += edit(event.getTextUnit(), target, changes);
                }
                writer.handleEvent(event);
            }
        }
        System.out.println(made);
    }

    private static int edit(ITextUnit unit, LocaleId language, List<Change> changes) {
        int made = 0;
        for (Change change : changes) {
            if (!unit.getId().startsWith(change.id) && !String.valueOf(unit.getName()).startsWith(change.id)) {
                continue;
            }
            TextContainer target = unit.getTarget(language);
            if (target == null || target.isEmpty()) {
                target = unit.createTarget(language, true, IResource.COPY_ALL);
            }
            for (TextPart part : target) {
                TextFragment text = part.getContent();
                String coded = text.getCodedText();
                if (coded.contains(change.old)) {
                    text.setCodedText(coded.replace(change.old, change.now));
                    made++;
                }
            }
        }
        return made;
    }
}
