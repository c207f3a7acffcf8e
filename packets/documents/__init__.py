"""What a packet says (content), its pages (pdf), the files inside, and several packets
as one (bundle).
"""
