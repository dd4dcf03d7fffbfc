/** The page of the shop's counter is one element. */
import '../chat/CounterPage.ts';
