# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0
