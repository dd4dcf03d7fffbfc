/** The start page is one element. */
import '../components/StartPage.ts';
