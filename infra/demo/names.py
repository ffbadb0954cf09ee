"""Names of the demonstration: people are birds and trees, streets and towns do not exist, numbers are
ARCEP's fiction.

Nobody can mistake them for somebody, and they still read like names.
"""

FIRST_NAMES = (
    ("Mme", "Camille"), ("M.", "Jules"), ("Mme", "Inès"), ("M.", "Hugo"), ("Mme", "Léa"), ("M.", "Karim"),
    ("Mme", "Zoé"), ("M.", "Louis"), ("Mme", "Aïcha"), ("M.", "Théo"), ("Mme", "Manon"), ("M.", "Noé"),
    ("Mme", "Élise"), ("M.", "Gaël"), ("Mme", "Jeanne"), ("M.", "Malo"), ("Mme", "Rose"), ("M.", "Idir"),
    ("Mme", "Agathe"), ("M.", "Victor"), ("Mme", "Nour"), ("M.", "Basile"), ("Mme", "Solène"), ("M.", "Ernest"),
)  # fmt: skip
LAST_NAMES = (
    "Mésange", "Hirondelle", "Pinson", "Loriot", "Bergeronnette", "Chardonneret", "Martinet", "Alouette", "Sittelle",
    "Troglodyte", "Rossignol", "Bouvreuil", "Fauvette", "Grive", "Huppe", "Linotte", "Moineau", "Verdier", "Courlis",
    "Aulne", "Bouleau", "Cornouiller", "Érable", "Frêne", "Genévrier", "Marronnier", "Noisetier", "Orme", "Peuplier",
    "Sureau", "Tilleul", "Aubépine", "Églantier", "Coquelicot", "Bleuet", "Pervenche", "Primevère", "Anémone",
)  # fmt: skip
STREETS = ("rue de l’Exemple", "avenue du Modèle", "place de la Maquette", "allée des Essais", "quai du Spécimen")
TOWN = ("99000", "Palierville")
OVERSEAS_TOWN = ("97499", "Saint-Exemple")
