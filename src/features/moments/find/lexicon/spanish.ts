import { stemmer } from '@orama/stemmers/spanish';
import type { Lexicon } from './lexicon.ts';

export const spanish: Lexicon = {
  stem: stemmer,
  functionWords: `a, al, algo, algún, alguna, algunas, alguno, algunos, allí, ante, antes, aquel, aquella, aquellas,
    aquello, aquellos, aquí, así, aun, aún, aunque, bajo, bien, cada, casi, como, cómo, con, contra, cual, cuál,
    cuales, cualquier, cuando, cuándo, cuanto, cuánto, cuantos, cuántos, cuantas, cuántas, de, del, desde, después,
    donde, dónde, durante, e, el, él, ella, ellas, ellos, en, entonces, entre, era, eran, es, esa, esas, ese, eso,
    esos, esta, está, estaba, estaban, estamos, están, estar, estas, este, esto, estos, estoy, fue, fueron, ha, haber,
    había, habían, hace, hacer, hacia, han, hasta, hay, he, hemos, hizo, hoy, incluso, la, las, le, les, lo, los,
    luego, más, me, mi, mí, mientras, mis, mismo, misma, mismos, mismas, muy, mucho, mucha, muchos, muchas, nada, ni,
    ningún, ninguna, no, nos, nosotros, nuestra, nuestras, nuestro, nuestros, o, os, otra, otras, otro, otros, para,
    pero, poco, por, porque, pues, que, qué, quien, quién, quienes, se, sé, sea, según, ser, será, si, sí, sido, sin,
    sino, sobre, solo, sólo, son, soy, su, sus, también, tampoco, tan, tanto, te, tenemos, tener, tengo, tenía, tiene,
    tienen, ti, toda, todas, todavía, todo, todos, tras, tu, tú, tus, tuvo, un, una, unas, uno, unos, usted, ustedes,
    va, vamos, van, vosotros, voy, vuestra, vuestro, y, ya, yo`,
  questions: `por qué, cómo, qué pasa, qué es, qué hace, quién, quiénes, cuándo, dónde, cuánto, cuánta, cuántos,
    cuántas, saben, sabes, sabéis, han visto, has visto, cuál`,
  claims: `la verdad, lo cierto, el secreto, el error, el problema, el truco, la razón, la lección, la respuesta, la
    clave, mentira, mito, nunca, jamás, nadie, nada, todo el mundo, siempre, imposible, increíble, sorprendente, por
    fin, de repente, de pronto, imaginen, imagina, imagínense, escuchen, escucha, resulta que, lo único, la única, el
    único, el mejor, la mejor, el peor, la peor, el mayor, la mayor, lo más, la mitad, la gente cree, todos creen, les
    prometo, te prometo, créanme, por primera vez, por última vez, cambió mi vida, cambió todo, en lugar de, en vez
    de, peligroso, peligrosa, morir, murió, muerto, muertos, matar, salvar, ganar, perder, perdí, perdió, miedo,
    gratis, ni siquiera`,
  conclusions: `por eso, así que, al final, la moraleja, lo que aprendí, aprendí, aprendimos, entendí, comprendí, me
    di cuenta, desde entonces, nunca más, a partir de, ese día, esa noche, lo importante, recuerden, recuerda, la
    próxima vez, es decir que, significa, no es, no se trata, no fue, si quieren, si quieres, creo que, lo que
    importa`,
  story: `un día, una noche, una mañana, una tarde, una vez, hace años, años después, meses después, días después, al
    día siguiente, aquella noche, aquel día, esa noche, ese día, el año pasado, cuando era, cuando yo, cuando tenía,
    recuerdo, nunca olvidaré, la primera vez, el primer día, de repente, de pronto, en ese momento, al amanecer, mi
    padre, mi madre, mi hermano, mi hermana, mi abuela, mi abuelo, mi jefe, mi amigo, mi amiga, mi hijo, mi hija, mi
    mujer, mi marido`,
  narration: `era, eran, fue, fueron, fui, estaba, estaban, estuvo, estuve, había, tenía, tuve, tuvo, dije, dijo,
    dijeron, hice, hizo, vi, vio, vino, vinieron, vine, supe, supo, pude, pudo, puse, puso, quise, quiso, di, dio`,
  narrationEndings: /..(ó|é|í|aron|ieron|aba|aban|ía|ían|imos|amos)$/u,
  feelings: `amor, amar, odio, odiar, miedo, temer, terror, pánico, llorar, lágrima, reír, risa, sonrisa, alegría,
    alegre, feliz, triste, tristeza, rabia, furioso, furia, enfadado, vergüenza, culpa, orgullo, orgulloso, solo,
    soledad, esperanza, desesperar, dolor, doler, sufrir, romper, corazón, morir, muerte, muerto, matar, guerra,
    perder, fracaso, fracasar, ganar, sueño, soñar, pesadilla, milagro, hermoso, bonito, feo, horrible, terrible,
    maravilloso, increíble, desastre, peligro, peligroso, valiente, valor, sorpresa, sorprender, gritar, grito,
    luchar, enemigo, traicionar, confiar, perdonar, arrepentir, preocupar, gracioso, ridículo, estúpido, tonto,
    idiota, loco, locura, asco, celos, enfermo, cáncer, hospital, vivo, sobrevivir, salvar, rescatar, arruinar,
    destruir, fuego, sangre, robar, mentir, mentira, engañar, libre, pobre, rico, hambre, frío, oscuro, extraño,
    cruel, temblar, emocionar, atrever, arriesgar, suerte, besar, casar, niño, bebé`,
  numbers: `tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, catorce, quince, dieciséis,
    diecisiete, dieciocho, diecinueve, veinte, veintiuno, veintidós, veintitrés, veinticuatro, veinticinco, treinta,
    cuarenta, cincuenta, sesenta, setenta, ochenta, noventa, cien, ciento, cientos, doscientos, trescientos,
    quinientos, mil, miles, millón, millones, mitad, doble, triple, docena, veces, tercio`,
  numberEndings: null,
  persons: `yo, me, mi, mí, mis, conmigo, tú, te, ti, tu, tus, contigo, usted, ustedes, vosotros, os, nosotros,
    nosotras, nos, nuestro, nuestra, nuestros, nuestras, soy, estoy, tengo, voy`,
  frame: `buenos días, buenas tardes, buenas noches, bienvenidos, bienvenidas, hola, gracias, agradecer, invitación,
    organización, me llamo, se oye, me oyen, se ve, micrófono, pantalla, diapositiva, diapositivas, orden del día,
    programa, presentación, turno de preguntas, preguntas, alguna pregunta, se acaba el tiempo, no queda tiempo, poco
    tiempo, apuntarse, inscribirse, inscripción, suscribirse, suscríbete, suscríbanse, canal, campanita, síguenos,
    enlace, descripción, boletín, patrocina, patrocinador, patrocinado, descuento, código, cupón, oferta, sorteo,
    visiten, puesto, página, página web, correo, correo electrónico, contacto, encuesta, cuestionario, cuestionarios,
    formulario, tabla, columna, fila, gráfico, anexo, documento, documentos, reunión, reuniones, departamento, plazo,
    antes de empezar, antes de seguir, voy a hablar, vamos a hablar, vamos a ver, en primer lugar, primero quería, el
    siguiente, la siguiente, siguiente, como decía, como he dicho, ya he dicho, descargar, subir, café, comida,
    descanso, sala, un momento, perdón, termino, terminando`,
  fillers: `eh, este, bueno, pues, vale, bien, o sea, digamos, en fin, en plan, más o menos, un poco, no sé, creo que
    es, me parece, quizás, quizá, tal vez, a lo mejor, seguramente, en cuanto a, en relación con, con respecto a,
    respecto a, en general, en todo caso, en algún caso, etcétera, y todo eso, y demás, igual, depende, normalmente,
    básicamente, realmente, como ya saben, ya saben, a ver, entonces, correspondiente, o por, no me acuerdo`,
  leansBack: `y, pero, o, porque, que, él, ella, ellos, ellas, eso, esto, ese, esa, esos, esas, entonces, también,
    allí, su, sus, lo, le, les, además, luego, sin embargo`,
  namesHaveCapitals: true,
};
