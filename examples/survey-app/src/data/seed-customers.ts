/**
 * Invented customers of an invented ferry company, with what earlier surveys left about them.
 *
 * @module
 */
import type { Driver } from '../questions.js'
import type { Customer, Profile } from './customers.js'

/** A customer, with their answers to earlier surveys. */
export interface SeedCustomer extends Omit<Customer, 'profile'>, Profile {
  readonly answers: readonly SeedAnswer[]
}

/** One past answer. */
export interface SeedAnswer {
  readonly completed: string
  readonly route: Route
  readonly nps: number
  readonly csat: number
  readonly drivers: readonly Driver[]
  readonly comment: string
  readonly review?: string
  readonly followUpDetails?: string
  readonly purchaseOrder?: string
}

/** Answers up to this day belong to earlier surveys, later ones to the present one. */
export const lastOfEarlier = '2026-09-30'

/** The day the story is told on: all dates move with the real one. */
export const today = '2026-11-20'

type Route = 'Dieppe-Newhaven' | 'Cherbourg-Poole' | 'Roscoff-Plymouth'

/** The first one is the person the journey follows: one job title, one company, nine answers over 34 months. */
export const seedCustomers: readonly SeedCustomer[] = [
  {
    person: '5f0c7c8e-6a1d-4b52-9f0e-1c5a9d3e7b10',
    language: 'en',
    email: 'margaret.whitcombe@acme-haulage.example',
    telephone: '+44 20 7946 0018',
    firstName: 'Margaret',
    lastName: 'Whitcombe',
    customerNumber: 'RF-100482',
    jobLevel: 'Chief executive',
    jobPosition: 'CEO at Acme Haulage',
    company: 'Acme Haulage',
    region: 'Kent',
    vehiclePlate: 'GX21 WTC',
    answers: [
      answer('2023-11-14', 'Dieppe-Newhaven', 8, 4, ['crew'], 'Crew knew our drivers by name.'),
      answer('2024-02-20', 'Dieppe-Newhaven', 7, 4, ['price'], 'Freight rate went up again without a word.'),
      answer('2024-06-05', 'Dieppe-Newhaven', 9, 5, ['punctuality'], 'On time, all eleven lorries.', {
        purchaseOrder: 'PO 123456789',
      }),
      answer('2024-09-17', 'Dieppe-Newhaven', 6, 3, ['boarding'], 'Two hours at the gate. Call me: 020 7946 0018.', {
        followUpDetails: 'Ring Margaret Whitcombe after 6 pm',
      }),
      answer('2025-01-22', 'Dieppe-Newhaven', 8, 4, ['crew'], 'Better since the new gate.'),
      answer('2025-05-13', 'Dieppe-Newhaven', 9, 5, ['crew', 'food'], 'Best breakfast on the Channel.', {
        review: 'As the boss of a haulage firm I can only recommend the night crossing. M. Whitcombe',
      }),
      answer('2025-10-07', 'Cherbourg-Poole', 5, 2, ['cabins'], 'The cabins on this ship are tired.'),
      answer('2026-03-18', 'Cherbourg-Poole', 7, 4, ['price'], 'Fair price for the longer route.'),
      answer('2026-09-09', 'Cherbourg-Poole', 8, 4, ['punctuality'], 'Reliable all summer.'),
    ],
  },
  {
    person: '0b6f2d14-93ce-4d7a-8a55-2f6f4c1b9e21',
    language: 'fr',
    email: 'helene.lebreton@atelier-lebreton.example',
    telephone: '+33 2 99 00 12 34',
    firstName: 'Hélène',
    lastName: 'Le Breton',
    customerNumber: 'RF-100517',
    jobLevel: 'Dirigeante',
    jobPosition: 'Gérante, Atelier Le Breton',
    company: 'Atelier Le Breton',
    region: 'Bretagne',
    vehiclePlate: 'FR-481-LB',
    answers: [
      answer('2025-04-02', 'Roscoff-Plymouth', 9, 5, ['crew', 'food'], 'Équipage charmant, merci à Yann au bar.'),
      answer('2026-04-15', 'Roscoff-Plymouth', 6, 3, ['cabins'], 'Cabine bruyante, au-dessus des machines.', {
        followUpDetails: 'Me rappeler au 02 99 00 12 34',
      }),
    ],
  },
  {
    person: '7d1f8a36-2c40-4b0d-b6c3-3a7e5d2c8f32',
    language: 'en',
    email: 'samuel.okafor@mail.example',
    telephone: '+44 117 496 0127',
    firstName: 'Samuel',
    lastName: 'Okafor',
    customerNumber: 'RF-100533',
    jobLevel: 'Employee',
    jobPosition: 'Teacher',
    company: '',
    region: 'Devon',
    vehiclePlate: 'WA19 OKF',
    answers: [
      answer('2025-07-28', 'Roscoff-Plymouth', 10, 5, ['crew'], 'Our children still talk about the bridge visit.'),
      answer('2026-08-02', 'Roscoff-Plymouth', 9, 5, ['punctuality'], 'Smooth, quiet and on time.'),
      answer(
        '2026-10-24',
        'Roscoff-Plymouth',
        9,
        5,
        ['food'],
        'Half-term crossing, the crew found us a table by the window.',
      ),
    ],
  },
  {
    person: 'c92e4b57-58d1-4e3f-9d14-4b8f6e3d7a43',
    language: 'fr',
    email: 'karim.haddad@courriel.example',
    telephone: '+33 1 99 00 45 67',
    firstName: 'Karim',
    lastName: 'Haddad',
    customerNumber: 'RF-100561',
    jobLevel: 'Cadre',
    jobPosition: 'Ingénieur',
    company: 'Ponts du Nord',
    region: 'Normandie',
    vehiclePlate: 'KH-220-NM',
    answers: [
      answer('2026-01-11', 'Dieppe-Newhaven', 4, 2, ['boarding'], 'Embarquement confus, personne pour nous guider.'),
      answer('2026-06-21', 'Dieppe-Newhaven', 8, 4, ['price'], 'Bon rapport qualité-prix.'),
      answer('2026-11-05', 'Dieppe-Newhaven', 5, 2, ['boarding'], 'Encore une heure d’attente sous la pluie.', {
        followUpDetails: 'Après 18 h, au 01 99 00 45 67',
      }),
    ],
  },
  {
    person: 'e13a5c68-7be2-4f60-8e25-5c906f4e6b54',
    language: 'en',
    email: 'ines.moreau@mail.example',
    telephone: '+44 151 496 0233',
    firstName: 'Inès',
    lastName: 'Moreau',
    customerNumber: 'RF-100574',
    jobLevel: 'Employee',
    jobPosition: 'Nurse',
    company: '',
    region: 'Dorset',
    vehiclePlate: 'HF70 INM',
    answers: [
      answer('2026-05-30', 'Cherbourg-Poole', 7, 4, ['cabins'], 'Clean cabin, thin mattress.'),
      answer('2026-11-08', 'Cherbourg-Poole', 8, 4, ['crew'], 'The purser sorted out our double booking in minutes.'),
    ],
  },
  {
    person: '24b66d79-9cf3-4171-9f36-6da1705f5c65',
    language: 'fr',
    email: 'paul.guerin@courriel.example',
    telephone: '+33 2 99 00 78 90',
    firstName: 'Paul',
    lastName: 'Guérin',
    customerNumber: 'RF-100590',
    jobLevel: 'Employé',
    jobPosition: 'Chauffeur routier',
    company: 'Ponts du Nord',
    region: 'Normandie',
    vehiclePlate: 'PG-907-NM',
    answers: [
      answer('2025-11-19', 'Cherbourg-Poole', 8, 4, ['food'], 'Le restaurant des routiers est très bien.'),
      answer('2026-02-08', 'Cherbourg-Poole', 3, 1, ['punctuality'], 'Cinq heures de retard et aucune nouvelle.'),
    ],
  },
  {
    person: '35c77e8a-ad04-4282-8047-7eb281606d76',
    language: 'en',
    email: 'tom.aldridge@mail.example',
    telephone: '+44 161 496 0345',
    firstName: 'Tom',
    lastName: 'Aldridge',
    customerNumber: 'RF-100602',
    jobLevel: 'Employee',
    jobPosition: 'Lorry driver',
    company: 'Acme Haulage',
    region: 'Kent',
    vehiclePlate: 'GN18 TMA',
    answers: [
      answer('2025-12-03', 'Dieppe-Newhaven', 9, 5, ['food', 'crew'], 'Proper tea. Crew always friendly.'),
      answer('2026-03-25', 'Dieppe-Newhaven', 8, 4, ['boarding'], 'Quicker lanes than last year.'),
      answer('2026-10-30', 'Dieppe-Newhaven', 6, 3, ['punctuality'], 'Two hours late, nobody told the drivers.'),
    ],
  },
  {
    person: '46d88f9b-be15-4393-9158-8fc392717e87',
    language: 'fr',
    email: 'claire.fontaine@courriel.example',
    telephone: '+33 2 99 00 11 22',
    firstName: 'Claire',
    lastName: 'Fontaine',
    customerNumber: 'RF-100618',
    jobLevel: 'Cadre',
    jobPosition: 'Ingénieure',
    company: '',
    region: 'Bretagne',
    vehiclePlate: 'CF-334-BZ',
    answers: [answer('2026-07-04', 'Roscoff-Plymouth', 10, 5, ['crew'], 'Traversée parfaite, mes parents ont adoré.')],
  },
  {
    person: '57e990ac-cf26-44a4-a269-90d4a3828f98',
    language: 'en',
    email: 'priya.raman@mail.example',
    telephone: '+44 113 496 0456',
    firstName: 'Priya',
    lastName: 'Raman',
    customerNumber: 'RF-100631',
    jobLevel: 'Manager',
    jobPosition: 'Engineer',
    company: '',
    region: 'Dorset',
    vehiclePlate: 'HJ22 PRN',
    answers: [
      answer('2025-08-16', 'Cherbourg-Poole', 6, 3, ['price'], 'Extra fee for the roof box was a surprise.'),
      answer('2026-08-20', 'Cherbourg-Poole', 8, 4, ['crew'], 'Kind crew in rough weather.'),
      answer('2026-11-02', 'Cherbourg-Poole', 9, 5, ['cabins'], 'New mattresses, slept all night.'),
    ],
  },
  {
    person: '68faa1bd-d037-45b5-b37a-a1e5b49390a9',
    language: 'fr',
    email: 'luc.delmas@courriel.example',
    telephone: '+33 1 99 00 33 44',
    firstName: 'Luc',
    lastName: 'Delmas',
    customerNumber: 'RF-100644',
    jobLevel: 'Employé',
    jobPosition: 'Enseignant',
    company: '',
    region: 'Normandie',
    vehiclePlate: 'LD-118-NM',
    answers: [answer('2026-04-27', 'Dieppe-Newhaven', 7, 4, ['boarding'], 'Bien, mais la signalisation est à revoir.')],
  },
  {
    person: '790bb2ce-e148-46c6-848b-b2f6c5a4a1ba',
    language: 'en',
    email: 'grace.ellery@mail.example',
    telephone: '+44 118 496 0567',
    firstName: 'Grace',
    lastName: 'Ellery',
    customerNumber: 'RF-100659',
    jobLevel: 'Employee',
    jobPosition: 'Teacher',
    company: '',
    region: 'Devon',
    vehiclePlate: 'WG20 GEL',
    answers: [
      answer('2026-05-09', 'Roscoff-Plymouth', 9, 5, ['punctuality'], 'In early, off in ten minutes.'),
      answer('2026-10-12', 'Roscoff-Plymouth', 10, 5, ['crew'], 'Thank you for looking after our dog.'),
    ],
  },
  {
    person: '8a1cc3df-f259-47d7-959c-c3a7d6b5b2cb',
    language: 'fr',
    email: 'nadia.benali@courriel.example',
    telephone: '+33 2 99 00 55 66',
    firstName: 'Nadia',
    lastName: 'Benali',
    customerNumber: 'RF-100670',
    jobLevel: 'Cadre',
    jobPosition: 'Infirmière',
    company: '',
    region: 'Bretagne',
    vehiclePlate: 'NB-562-BZ',
    answers: [
      answer('2025-09-12', 'Roscoff-Plymouth', 8, 4, ['cabins'], 'Cabine confortable, lit un peu dur.'),
      answer('2026-09-01', 'Roscoff-Plymouth', 9, 5, ['crew'], 'Personnel attentionné avec ma fille.'),
    ],
  },
]

function answer(
  completed: string,
  route: Route,
  nps: number,
  csat: number,
  drivers: readonly Driver[],
  comment: string,
  more: Partial<Pick<SeedAnswer, 'review' | 'followUpDetails' | 'purchaseOrder'>> = {},
): SeedAnswer {
  return { completed, route, nps, csat, drivers, comment, ...more }
}
