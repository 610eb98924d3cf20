/**
 * SYNTHETIC geography for training and tests: real place names, invented boundaries. Which authority lies in
 * which designated family judge (DFJ) area, which court sits there and which Cafcass service area covers it is
 * made up to have the shape of the real thing (17 service areas, 40 English DFJ areas and three in Wales that
 * hear a few cross-border cases, 153 authorities) and must not be used as a lookup for real cases.
 */
export interface DfjArea {
  readonly name: string;
  /** Code of the service area whose teams serve it. */
  readonly serviceArea: string;
  readonly region: string;
  readonly courts: readonly string[];
  /** Local authorities with a rough size: people under 26 in tens of thousands, at least 1. */
  readonly authorities: Readonly<Record<string, number>>;
}

export const serviceAreaNames: Readonly<Record<string, string>> = {
  A1: "North East",
  A2: "Cumbria and Lancashire",
  A3: "Greater Manchester",
  A4: "Cheshire and Merseyside",
  A5: "South and West Yorkshire",
  A6: "Humber and North Yorkshire",
  A7: "East Midlands North",
  A8: "East Midlands South",
  A9: "Birmingham and Black Country",
  A10: "West Midlands Shires",
  A11: "East Anglia",
  A12: "Essex and Hertfordshire",
  A13: "Thames Valley and Hampshire",
  A14: "Kent and Sussex",
  A15: "South West",
  A16: "London North and East",
  A17: "London South and West",
};

const area = (
  serviceArea: string,
  name: string,
  region: string,
  courts: readonly string[],
  authorities: Readonly<Record<string, number>>,
): DfjArea => ({ name, serviceArea, region, courts, authorities });

const northWest = "North West";
const yorkshire = "Yorkshire and The Humber";
const eastMidlands = "East Midlands";
const westMidlands = "West Midlands";
const east = "East of England";
const southEast = "South East";
const southWest = "South West";

// biome-ignore format: a table is read across
export const dfjAreas: readonly DfjArea[] = [
  area("A1", "Newcastle", "North East", ["Newcastle upon Tyne"], { Gateshead: 6, "Newcastle upon Tyne": 11, "North Tyneside": 6, Northumberland: 8, "South Tyneside": 4, Sunderland: 8 }),
  area("A1", "Teesside", "North East", ["Middlesbrough", "Durham"], { Darlington: 3, Durham: 15, Hartlepool: 3, Middlesbrough: 5, "Redcar and Cleveland": 4, "Stockton-on-Tees": 6 }),
  area("A2", "Carlisle", northWest, ["Carlisle"], { Cumberland: 6, "Westmorland and Furness": 5 }),
  area("A2", "Preston", northWest, ["Preston", "Blackburn"], { "Blackburn with Darwen": 6, Blackpool: 4, Lancashire: 37 }),
  area("A3", "Manchester", northWest, ["Manchester", "Stockport"], { Bolton: 10, Bury: 6, Manchester: 22, Oldham: 9, Rochdale: 7, Salford: 9, Stockport: 8, Tameside: 7, Trafford: 7, Wigan: 10 }),
  area("A4", "Liverpool", northWest, ["Liverpool", "Chester", "Crewe"], { "Cheshire East": 11, "Cheshire West and Chester": 10, Halton: 4, Knowsley: 5, Liverpool: 17, Sefton: 7, "St Helens": 5, Warrington: 6, Wirral: 9 }),
  area("A5", "Leeds", yorkshire, ["Leeds", "Bradford"], { Bradford: 20, Calderdale: 6, Kirklees: 14, Leeds: 28, Wakefield: 10 }),
  area("A5", "Sheffield", yorkshire, ["Sheffield", "Doncaster"], { Barnsley: 7, Doncaster: 9, Rotherham: 8, Sheffield: 19 }),
  area("A6", "York", yorkshire, ["York"], { "North Yorkshire": 16, York: 7 }),
  area("A6", "Hull", yorkshire, ["Hull", "Grimsby"], { "East Riding of Yorkshire": 9, "Kingston upon Hull": 9, "North East Lincolnshire": 5, "North Lincolnshire": 5 }),
  area("A7", "Derby", eastMidlands, ["Derby"], { Derby: 9, Derbyshire: 21 }),
  area("A7", "Lincoln", eastMidlands, ["Lincoln"], { Lincolnshire: 21 }),
  area("A7", "Nottingham", eastMidlands, ["Nottingham"], { Nottingham: 13, Nottinghamshire: 23 }),
  area("A8", "Leicester", eastMidlands, ["Leicester"], { Leicester: 14, Leicestershire: 21, Rutland: 1 }),
  area("A8", "Northampton", eastMidlands, ["Northampton"], { "North Northamptonshire": 11, "West Northamptonshire": 13 }),
  area("A9", "Birmingham", westMidlands, ["Birmingham"], { Birmingham: 43, Solihull: 6 }),
  area("A9", "Wolverhampton", westMidlands, ["Wolverhampton", "Dudley"], { Dudley: 10, Sandwell: 12, Walsall: 9, Wolverhampton: 9 }),
  area("A10", "Coventry", westMidlands, ["Coventry"], { Coventry: 12, Warwickshire: 17 }),
  area("A10", "Stoke-on-Trent", westMidlands, ["Stoke-on-Trent"], { Staffordshire: 24, "Stoke-on-Trent": 8 }),
  area("A10", "Worcester", westMidlands, ["Worcester", "Hereford", "Telford"], { Herefordshire: 5, Shropshire: 8, "Telford and Wrekin": 6, Worcestershire: 17 }),
  area("A11", "Norwich", east, ["Norwich", "King's Lynn"], { Norfolk: 25 }),
  area("A11", "Cambridge", east, ["Cambridge", "Peterborough"], { Cambridgeshire: 20, Peterborough: 7 }),
  area("A12", "Chelmsford", east, ["Chelmsford", "Ipswich"], { Essex: 44, "Southend-on-Sea": 5, Suffolk: 21, Thurrock: 6 }),
  area("A12", "Watford", east, ["Watford"], { Hertfordshire: 37 }),
  area("A12", "Luton", east, ["Luton"], { Bedford: 6, "Central Bedfordshire": 9, Luton: 8 }),
  area("A13", "Oxford", southEast, ["Oxford", "Milton Keynes"], { Buckinghamshire: 17, "Milton Keynes": 9, Oxfordshire: 22 }),
  area("A13", "Reading", southEast, ["Reading"], { "Bracknell Forest": 4, Reading: 6, Slough: 6, "West Berkshire": 5, "Windsor and Maidenhead": 5, Wokingham: 6 }),
  area("A13", "Portsmouth", southEast, ["Portsmouth", "Southampton"], { Hampshire: 39, "Isle of Wight": 3, Portsmouth: 7, Southampton: 9 }),
  area("A14", "Medway", southEast, ["Medway", "Canterbury"], { Kent: 47, Medway: 9 }),
  area("A14", "Guildford", southEast, ["Guildford"], { Surrey: 36 }),
  area("A14", "Brighton", southEast, ["Brighton"], { "Brighton and Hove": 9, "East Sussex": 14, "West Sussex": 24 }),
  area("A15", "Bournemouth", southWest, ["Bournemouth"], { "Bournemouth, Christchurch and Poole": 12, Dorset: 9 }),
  area("A15", "Bristol", southWest, ["Bristol", "Gloucester"], { "Bath and North East Somerset": 6, Bristol: 16, Gloucestershire: 18, "North Somerset": 6, "South Gloucestershire": 9 }),
  area("A15", "Swindon", southWest, ["Swindon"], { Swindon: 7, Wiltshire: 14 }),
  area("A15", "Taunton", southWest, ["Taunton"], { Somerset: 15 }),
  area("A15", "Plymouth", southWest, ["Plymouth", "Exeter"], { Devon: 22, Plymouth: 8, Torbay: 4 }),
  area("A15", "Truro", southWest, ["Truro"], { Cornwall: 15, "Isles of Scilly": 1 }),
  area("A16", "Central London", "London", ["Central London"], { Camden: 7, "City of London": 1, Hackney: 9, Haringey: 8, Islington: 7, Lambeth: 10, Southwark: 10, Westminster: 6 }),
  area("A16", "East London", "London", ["East London"], { "Barking and Dagenham": 9, Barnet: 12, Enfield: 11, Greenwich: 10, Havering: 8, Lewisham: 9, Newham: 13, Redbridge: 11, "Tower Hamlets": 11, "Waltham Forest": 9 }),
  area("A17", "West London", "London", ["West London", "Croydon"], { Bexley: 8, Brent: 11, Bromley: 10, Croydon: 13, Ealing: 12, "Hammersmith and Fulham": 6, Harrow: 8, Hillingdon: 10, Hounslow: 9, "Kensington and Chelsea": 4, "Kingston upon Thames": 5, Merton: 7, "Richmond upon Thames": 6, Sutton: 7, Wandsworth: 10 }),
  area("A10", "Wrexham", "Wales", ["Wrexham"], {}),
  area("A10", "Swansea", "Wales", ["Swansea"], {}),
  area("A15", "Cardiff", "Wales", ["Cardiff"], {}),
];

/** Authorities that a service area other than their DFJ area's serves: the boundaries do not nest. */
export const servedElsewhere: Readonly<Record<string, string>> = {
  Suffolk: "A11",
  "Milton Keynes": "A8",
  "North Lincolnshire": "A7",
  Lambeth: "A17",
  Southwark: "A17",
  Greenwich: "A17",
  Lewisham: "A17",
};

/** Authorities some of whose cases another DFJ area hears, with the share that it hears. */
export const heardElsewhere: Readonly<Record<string, { readonly dfjArea: string; readonly share: number }>> =
  {
    "Westmorland and Furness": { dfjArea: "Preston", share: 0.25 },
    Derbyshire: { dfjArea: "Manchester", share: 0.12 },
    Solihull: { dfjArea: "Coventry", share: 0.15 },
    "North Lincolnshire": { dfjArea: "Lincoln", share: 0.2 },
    "East Riding of Yorkshire": { dfjArea: "York", share: 0.1 },
    Hertfordshire: { dfjArea: "Luton", share: 0.06 },
    Bexley: { dfjArea: "Medway", share: 0.1 },
    Hampshire: { dfjArea: "Guildford", share: 0.08 },
    Shropshire: { dfjArea: "Wrexham", share: 0.05 },
    Herefordshire: { dfjArea: "Swansea", share: 0.05 },
    Gloucestershire: { dfjArea: "Cardiff", share: 0.03 },
  };
