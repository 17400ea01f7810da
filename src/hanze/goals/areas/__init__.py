# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The areas of a city: read from files, mended, set one in another, given what lies in them, and compared.

Pure functions from files and values to values. Areas are read (`reading`), mended (`mending`), looked at beside each other
(`neighbours`) and placed (`levels`); then things are assigned to them (`assigning`) and their values compared (`spread`),
those of small areas left out (`suppression`).
"""
