/** The page of the colour card is one element. */
import '../components/CardPage.ts';
