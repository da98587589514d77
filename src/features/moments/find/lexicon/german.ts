import { stemmer } from '@orama/stemmers/german';
import type { Lexicon } from './lexicon.ts';

export const german: Lexicon = {
  stem: stemmer,
  functionWords: `aber, alle, allem, allen, aller, alles, als, also, am, an, andere, anderen, anderer, auch, auf, aus,
    bei, beim, bin, bis, bist, da, dabei, dafür, damit, danach, dann, daran, darauf, darüber, das, dass, daß, dazu,
    dein, deine, dem, den, denn, der, deren, des, dessen, dich, die, dies, diese, diesem, diesen, dieser, dieses, dir,
    doch, dort, du, durch, ein, eine, einem, einen, einer, eines, einige, er, es, etwas, euch, euer, für, gar, gegen,
    geht, gibt, habe, haben, hat, hatte, hatten, hier, hin, ich, ihm, ihn, ihnen, ihr, ihre, ihrem, ihren, ihrer, im,
    immer, in, ins, ist, ja, jede, jedem, jeden, jeder, jedes, jetzt, kann, kein, keine, keinen, können, könnte, man,
    mehr, mein, meine, meinem, meinen, meiner, mich, mir, mit, muss, müssen, nach, nicht, nichts, noch, nun, nur, ob,
    oder, ohne, schon, sehr, sein, seine, seinem, seinen, seiner, seit, sich, sie, sind, so, soll, sollte, sondern,
    sonst, über, um, und, uns, unser, unsere, unserem, unter, viel, viele, vom, von, vor, war, waren, warum, was,
    wegen, weil, welche, wenn, wer, werden, wie, wieder, will, wir, wird, wo, wollte, worden, wurde, wurden, während,
    würde, zu, zum, zur, zwei, zwischen`,
  questions: `warum, wieso, weshalb, wie viele, wie viel, wie kann, wie oft, was wäre, was ist, was sind, was
    passiert, wer, wissen sie, weißt du, wisst ihr, haben sie, hast du, kennen sie, kennst du, können sie sich`,
  claims: `die wahrheit, das geheimnis, der fehler, das problem, der trick, der grund, die lektion, die antwort, lüge,
    mythos, nie, niemals, niemand, keiner, nichts, alle, alles, jeder, immer, unmöglich, unglaublich, verrückt,
    überraschend, endlich, plötzlich, stellen sie sich vor, stell dir vor, hören sie, hör, glauben sie mir, raten sie,
    rate mal, es stellte sich heraus, das einzige, die einzige, der einzige, eine einzige, der beste, die beste, das
    beste, der schlimmste, die schlimmste, das schlimmste, der größte, die größte, das größte, die meisten,
    gefährlichste, zum ersten mal, das erste mal, das letzte mal, hat alles verändert, mein leben verändert, die
    hälfte, statt, anstatt, gefährlich, sterben, starb, tot, getötet, retten, gerettet, gewinnen, verlieren, verloren,
    vergessen, vergisst, schuld, angst, ich verspreche, verraten`,
  conclusions: `deshalb, darum, deswegen, am ende, die lehre, gelernt, ich habe gelernt, ich habe verstanden,
    verstanden, begriffen, mir wurde klar, seitdem, seit diesem tag, seither, nie wieder, das heißt, das bedeutet, das
    nächste mal, merken sie sich, denken sie daran, es geht nicht, es ist nicht, nicht weil, worauf es ankommt, jedes
    mal, wenn sie wollen, ich glaube daran`,
  story: `eines tages, eines nachts, eines morgens, einmal, vor jahren, vor vielen jahren, vor einem jahr, jahre
    später, monate später, wochen später, am nächsten tag, am nächsten morgen, in dieser nacht, an diesem tag, damals,
    letztes jahr, letzten winter, letzten sommer, als ich, als wir, als kind, ich erinnere mich, ich werde nie
    vergessen, zum ersten mal, am ersten tag, plötzlich, auf einmal, in diesem moment, und dann, mein vater, meine
    mutter, mein bruder, meine schwester, meine großmutter, mein großvater, meine oma, mein opa, mein chef, meine
    chefin, mein freund, meine freundin, mein sohn, meine tochter, meine frau, mein mann`,
  narration: `war, waren, hatte, hatten, sagte, sagten, fragte, fragten, rief, schrie, dachte, wusste, fühlte, sah,
    sahen, hörte, hörten, kam, kamen, ging, gingen, lief, rannte, saß, stand, standen, nahm, gab, fand, verlor, ließ,
    traf, schrieb, las, fiel, hielt, blieb, begann, fing, wollte, konnte, musste, durfte, wurde, lachte, weinte,
    starb, kaufte, baute, fuhr, flog, aß, trank, schlief, wachte, warf, stieg, lebte, gelacht, geweint, gesprungen,
    gerannt, gegangen, gekommen, gesehen, gehört, gefunden, verpasst, vergessen, verloren, gefragt, gesucht, gesagt,
    erzählt, gedacht, gewusst, geschrien, gefahren, passiert`,
  narrationEndings: null,
  feelings: `liebe, lieben, hass, hassen, angst, furcht, panik, weinen, heulen, träne, lachen, lächeln, freude, glück,
    glücklich, traurig, trauer, wut, wütend, zorn, scham, schämen, peinlich, stolz, einsam, allein, hoffnung, hoffen,
    verzweifelt, verzweifeln, schmerz, leiden, brechen, herz, sterben, tod, tot, töten, krieg, verlieren, scheitern,
    gewinnen, traum, träumen, albtraum, wunder, schön, hässlich, schrecklich, furchtbar, schlimm, wunderbar,
    großartig, unglaublich, katastrophe, gefahr, gefährlich, mutig, mut, schock, überraschen, schreien, kämpfen,
    feind, verraten, vertrauen, verzeihen, entschuldigen, bereuen, vermissen, sorge, lustig, lächerlich, dumm, idiot,
    verrückt, ekel, eifersüchtig, krank, krebs, krankenhaus, lebendig, überleben, retten, ruinieren, zerstören, feuer,
    blut, stehlen, lügen, betrügen, frei, arm, reich, hunger, kalt, dunkel, seltsam, grausam, schuld, zittern,
    schlecht, aufgeben, wagen, risiko, küssen, heiraten, baby`,
  numbers: `drei, vier, fünf, sechs, sieben, acht, neun, zehn, elf, zwölf, dreizehn, vierzehn, fünfzehn, sechzehn,
    siebzehn, achtzehn, neunzehn, zwanzig, dreißig, vierzig, fünfzig, sechzig, siebzig, achtzig, neunzig, hundert,
    tausend, million, millionen, milliarde, milliarden, prozent, hälfte, doppelt, drittel, viertel, dutzend, mal`,
  numberEndings: /(hundert|tausend|zig|ßig)$/u,
  persons: `ich, mich, mir, mein, meine, meinem, meinen, meiner, du, dich, dir, dein, deine, wir, uns, unser, unsere,
    ihr, euch, euer`,
  frame: `guten morgen, guten tag, guten abend, hallo, willkommen, schön dass, danke, vielen dank, dank, bedanke, mein
    name ist, hört man mich, hören sie mich, mikrofon, bildschirm, beamer, folie, folien, ablauf, tagesordnung,
    agenda, programm, fragen, zeit für fragen, gibt es fragen, die zeit, auf die zeit, keine zeit mehr, anmelden,
    anmeldung, registrieren, abonnieren, abonniert, kanal, glocke, link, beschreibung, newsletter, sponsor,
    gesponsert, unterstützt von, rabatt, gutschein, code, angebot, gewinnspiel, am stand, foyer, besuchen sie,
    webseite, internetseite, seite, e-mail, kontakt, ansprechpartner, umfrage, feedback, formular, tabelle, spalte,
    zeile, anlage, anhang, schaubild, diagramm, protokoll, arbeitsgruppe, sitzung, besprechung, abteilung, frist,
    bevor wir anfangen, kurz zum, kurzer hinweis, an dieser stelle, kommen wir, komme ich, ich stelle, stelle ich, zum
    thema, wie gesagt, wie erwähnt, erwähnt, überspringe, ausblick, herunterladen, kaffee, mittagspause, pause, saal,
    einen moment, entschuldigung`,
  fillers: `äh, ähm, hm, also, sozusagen, quasi, eben, halt, irgendwie, irgendwann, ein bisschen, ein wenig, etwas,
    mehr oder weniger, im grunde, im prinzip, grundsätzlich, eigentlich, sagen wir, glaube ich, ich glaube,
    vielleicht, wahrscheinlich, voraussichtlich, ungefähr, möglicherweise, unter umständen, in bezug auf, bezüglich,
    hinsichtlich, und so weiter, oder so, teilweise, jeweils, beziehungsweise, noch einmal, nochmal, genau, gut, so,
    ja, wo war ich, mal schauen, vorhin, schon, ähnlich, die gleiche`,
  leansBack: `und, aber, oder, weil, denn, er, sie, es, das, dies, diese, dieser, dieses, dann, auch, dort, da, sein,
    seine, ihr, ihre, ihn, ihm, außerdem, danach, deshalb`,
  namesHaveCapitals: false,
};
