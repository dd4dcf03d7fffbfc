/** The page with the notes of a tasting, to print and to keep, is one element. */
import '../notes/NotesPage.ts';
